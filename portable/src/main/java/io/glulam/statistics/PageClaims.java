package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one data page by its header, and what was counted in it.
 *
 * @param valueCount values, nulls included
 * @param rowCount rows that begin in it, as its header says; -1 if it does not (version 1)
 * @param headerNulls {@code num_nulls} of its header; -1 if there is none (version 1) or the writer did not know
 * @param statistics of its header; null if absent
 * @param countedNulls nulls counted by its definition levels; -1 if nobody has counted
 */
public record PageClaims(
        int valueCount,
        int rowCount,
        int headerNulls,
        @Nullable Statistics statistics,
        int countedNulls) {
    /** Nulls as counted, or as the schema leaves no choice; -1 if unknown. */
    int countedNulls(Leaf leaf) {
        return leaf.maxDefinitionLevel() == 0 ? 0 : countedNulls;
    }
}
