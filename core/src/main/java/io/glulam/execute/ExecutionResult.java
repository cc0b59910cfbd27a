package io.glulam.execute;

import io.glulam.footer.Footer;
import io.glulam.splice.MergedChunk;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run wrote.
 *
 * @param mergedChunks of every output row group, in schema order; an empty list for a kept one
 * @param bytesUnpackedForRows decompressed to count the rows of pages that were moved
 * @param dropped what could not be carried along, with reasons
 * @param footer of the new file
 * @param size bytes of the new file
 */
public record ExecutionResult(
        List<List<MergedChunk>> mergedChunks,
        long bytesUnpackedForRows,
        List<String> dropped,
        Footer footer,
        long size) {
    static ExecutionResult of(
            List<OutputRowGroup> rowGroups, long bytesUnpackedForRows, List<String> dropped, Footer footer, long size) {
        List<List<MergedChunk>> chunks = new ArrayList<>(rowGroups.size());
        for (OutputRowGroup rowGroup : rowGroups) {
            chunks.add(rowGroup instanceof OutputRowGroup.Merged merged ? List.copyOf(merged.chunks()) : List.of());
        }
        return new ExecutionResult(chunks, bytesUnpackedForRows, dropped, footer, size);
    }
}
