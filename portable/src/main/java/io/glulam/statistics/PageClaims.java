package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * The claims of one data page's header, and the counts of it.
 *
 * @param valueCount values, nulls included
 * @param rowCount rows that begin in it, as its header says; -1 if it does not (version 1)
 * @param headerNulls {@code num_nulls} of its header; -1 if there is none (version 1) or the writer did not know
 * @param statistics of its header; null if absent
 * @param countedNulls nulls counted by its definition levels; -1 if they were not counted
 */
public record PageClaims(
        int valueCount,
        int rowCount,
        int headerNulls,
        @Nullable Statistics statistics,
        int countedNulls) {
    /** Nulls as counted, or as the schema leaves no choice; -1 if unknown. */
    public int countedNulls(Leaf leaf) {
        return leaf.maxDefinitionLevel() == 0 ? 0 : countedNulls;
    }
}
