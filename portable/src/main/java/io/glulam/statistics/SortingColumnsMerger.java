package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.format.SortingColumn;
import io.glulam.format.Statistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code sorting_columns} of a row group that is joined from parts in order: the longest prefix that every part
 * declares and that provably holds across every seam.
 *
 * <p>The proof looks only at the first sorting column's bounds and null counts, which is enough: where the last row of
 * a part comes strictly before the first row of the next by that column, any further columns follow; where they may be
 * equal, only that one column is kept; everything else drops the declaration. Without trusted bounds, for nested
 * columns, and where NaN or the sign of zero leaves a doubt, nothing is proven. Not thread-safe.
 */
public final class SortingColumnsMerger {
    private static final int DROPPED = 0;

    private final List<Leaf> leaves;
    private @Nullable List<SortingColumn> prefix;
    private @Nullable Part previous;

    /** @param leaves of the schema */
    public SortingColumnsMerger(List<Leaf> leaves) {
        this.leaves = leaves;
    }

    /**
     * Adds the next part.
     *
     * @param declared its sorting columns; empty if it declares none
     * @param first statistics of the chunk that {@code declared}'s first column names; null if absent or unknown
     * @param trust its writer
     * @param rowCount its rows; a part without rows changes nothing
     */
    public void add(List<SortingColumn> declared, @Nullable Statistics first, WriterTrust trust, long rowCount) {
        if (rowCount == 0) {
            return;
        }
        List<SortingColumn> known = prefix;
        if (known == null) {
            prefix = List.copyOf(declared);
        } else {
            int common = commonPrefix(known, declared);
            prefix = List.copyOf(known.subList(0, common));
        }
        Part part = new Part(first == null ? Statistics.NONE : first, trust, rowCount);
        Part before = previous;
        if (before != null && !prefix.isEmpty()) {
            prefix = prefix.subList(0, Math.min(prefix.size(), provenAcross(before, part, prefix.get(0))));
        }
        previous = part;
    }

    /** The sorting columns that hold for all parts so far; empty if none do. */
    public List<SortingColumn> merged() {
        return prefix == null ? List.of() : prefix;
    }

    private static int commonPrefix(List<SortingColumn> left, List<SortingColumn> right) {
        int length = 0;
        while (length < left.size() && length < right.size() && left.get(length).equals(right.get(length))) {
            length++;
        }
        return length;
    }

    /** How many sorting columns hold across a seam: all, one, or {@link #DROPPED}. */
    private int provenAcross(Part before, Part after, SortingColumn sorting) {
        if (sorting.leaf() < 0 || sorting.leaf() >= leaves.size() || !before.hasNullCount() || !after.hasNullCount()) {
            return DROPPED;
        }
        Leaf leaf = leaves.get(sorting.leaf());
        if (leaf.maxRepetitionLevel() > 0) {
            return DROPPED;
        }
        if (before.isAllNull() && after.isAllNull()) {
            return 1;
        }
        if (before.isAllNull()) {
            return !sorting.nullsFirst() ? DROPPED : after.hasNulls() ? 1 : Integer.MAX_VALUE;
        }
        if (after.isAllNull()) {
            return sorting.nullsFirst() ? DROPPED : before.hasNulls() ? 1 : Integer.MAX_VALUE;
        }
        boolean nullsBetween = sorting.nullsFirst() ? after.hasNulls() : before.hasNulls();
        return nullsBetween ? DROPPED : compareBounds(leaf, before, after, sorting.descending());
    }

    private int compareBounds(Leaf leaf, Part before, Part after, boolean descending) {
        ValueOrder order = ValueOrder.of(leaf);
        if (!before.trust().trustsBounds(leaf) || !after.trust().trustsBounds(leaf)) {
            return DROPPED;
        }
        if (!before.isBounded(order) || !after.isBounded(order)) {
            return DROPPED;
        }
        byte[] last = descending ? before.min() : before.max();
        byte[] first = descending ? after.max() : after.min();
        if (last == null || first == null) {
            return DROPPED;
        }
        int compared = descending ? order.compare(first, last) : order.compare(last, first);
        if (compared < 0) {
            return Integer.MAX_VALUE;
        }
        return compared == 0 && !order.isAmbiguousZero(last) ? 1 : DROPPED;
    }

    private record Part(Statistics statistics, WriterTrust trust, long rowCount) {
        boolean hasNullCount() {
            return statistics.nullCount() >= 0 && statistics.nullCount() <= rowCount;
        }

        boolean isAllNull() {
            return statistics.nullCount() == rowCount;
        }

        boolean hasNulls() {
            return statistics.nullCount() > 0;
        }

        byte @Nullable [] min() {
            return statistics.minValue();
        }

        byte @Nullable [] max() {
            return statistics.maxValue();
        }

        /** Whether both bounds are there, agree, and no NaN can hide beside them. */
        boolean isBounded(ValueOrder order) {
            byte[] min = min();
            byte[] max = max();
            return min != null
                    && max != null
                    && order.isRange(min, max)
                    && (!order.isFloatingPoint() || statistics.nanCount() == 0);
        }
    }
}
