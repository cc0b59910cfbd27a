package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is told of one column chunk, by the footer, the page index and the page headers, to be held against each other
 * by {@link ClaimsCheck}.
 *
 * @param valueCount values, nulls included, as many as the page headers add up to
 * @param rowCount rows of the row group
 * @param statistics null if absent
 * @param sizes null if absent
 * @param columnIndex of as many pages as there are; null if absent
 * @param offsetIndex of just the pages that there are; null if absent
 * @param pages its data pages, in order
 */
public record ChunkClaims(
        long valueCount,
        long rowCount,
        @Nullable Statistics statistics,
        @Nullable SizeStatistics sizes,
        @Nullable ColumnIndex columnIndex,
        @Nullable OffsetIndex offsetIndex,
        List<PageClaims> pages) {
    public ChunkClaims {
        pages = List.copyOf(pages);
    }

    /** Nulls as counted in the pages, or as the schema leaves no choice; -1 unless all were counted. */
    long countedNulls(Leaf leaf) {
        Sum sum = new Sum();
        for (PageClaims page : pages) {
            sum.add(page.countedNulls(leaf));
        }
        return sum.total();
    }
}
