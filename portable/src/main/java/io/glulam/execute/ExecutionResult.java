package io.glulam.execute;

import io.glulam.footer.Footer;
import java.util.List;

/**
 * The output of a run.
 *
 * @param merged sizes of the merged column chunks, in the order of the output
 * @param bytesUnpackedForRows decompressed to count rows, in the source and in the new file
 * @param dropped what could not be carried along, with reasons
 * @param footer of the new file, to be used as long as its writer is open
 * @param size bytes of the new file
 */
public record ExecutionResult(
        MergedSizes merged, long bytesUnpackedForRows, List<String> dropped, Footer footer, long size) {}
