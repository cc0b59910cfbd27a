package io.glulam;

import io.glulam.adapt.CutPages;
import io.glulam.storage.Traffic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a shaped merge: what the metadata of a table needs to know of the new file.
 *
 * @param compaction how the row groups came about, tier by tier; its traffic includes that of reading the inputs' footers
 * @param rows of the file
 * @param bytes size of the file
 * @param rowGroupStarts where each row group begins, in file order, which is ascending: Iceberg's split offsets
 * @param columns one for each leaf column of the shape, in order
 * @param inputRows rows of each input, in order, those that are deleted included
 * @param deletedRows rows of inputs that the file does not have
 * @param cutPages what became of the pages of columns in which rows are deleted
 * @param dropped what the file does not have of the inputs, each with the reason, for people
 */
public record ShapedReport(
        CompactionReport compaction,
        long rows,
        long bytes,
        List<Long> rowGroupStarts,
        List<ColumnFacts> columns,
        List<Long> inputRows,
        long deletedRows,
        CutPages cutPages,
        List<String> dropped) {
    public ShapedReport {
        rowGroupStarts = List.copyOf(rowGroupStarts);
        columns = List.copyOf(columns);
        inputRows = List.copyOf(inputRows);
        dropped = List.copyOf(dropped);
    }

    /** Requests and bytes that the merge took of stores. */
    public Traffic traffic() {
        return compaction.cost().traffic();
    }

    /**
     * The footer's statistics of a leaf column, over all row groups.
     *
     * @param path names from the root of the Parquet schema to the leaf, repeated groups included
     * @param fieldId of the leaf; null for none
     * @param compressedBytes of all column chunks
     * @param values of all column chunks, nulls and empty lists included
     * @param nulls as the statistics count them; -1 if they do not tell for every row group
     * @param bounds the least and the greatest value; null if the statistics do not tell for every row group
     * @param unfiltered row groups without a bloom filter, by number, if the shape asks for one in the column
     */
    public record ColumnFacts(
            List<String> path,
            @Nullable Integer fieldId,
            long compressedBytes,
            long values,
            long nulls,
            @Nullable Bounds bounds,
            List<Integer> unfiltered) {
        public ColumnFacts {
            unfiltered = List.copyOf(unfiltered);
        }
    }

    /**
     * Bounds of a column, under the column's order. Not to be changed.
     *
     * @param min in encoding PLAIN, without a length
     * @param max in encoding PLAIN, without a length
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Bounds(byte[] min, byte[] max) {}
}
