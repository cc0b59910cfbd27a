package io.glulam.statistics;

import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a column chunk that agree with each other and with the counts.
 *
 * @param statistics null if there are none, or they are contradicted; the null count is the counted one where all pages
 *     were counted
 * @param sizes null if there are none, or they are contradicted
 * @param columnIndex null if there is none, or it is contradicted
 * @param contradictions why something is left out; empty if nothing is
 */
public record BelievedClaims(
        @Nullable Statistics statistics,
        @Nullable SizeStatistics sizes,
        @Nullable ColumnIndex columnIndex,
        List<Contradiction> contradictions) {
    public BelievedClaims {
        contradictions = List.copyOf(contradictions);
    }

    /** These without the column index, which takes memory. */
    public BelievedClaims withoutIndex() {
        return columnIndex == null ? this : new BelievedClaims(statistics, sizes, null, contradictions);
    }

    /**
     * Why a struct is not believed.
     *
     * @param struct what it is: {@code statistics}, {@code size statistics} or {@code column index}
     * @param problem what contradicts what, without numbers
     */
    public record Contradiction(String struct, String problem) {}
}
