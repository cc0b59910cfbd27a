package io.glulam.execute;

import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import io.glulam.source.FragmentChunk;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.StatisticsMerger;
import io.glulam.statistics.ValueOrder;
import io.glulam.statistics.WriterTrust;
import org.jspecify.annotations.Nullable;

/**
 * Limits the statistics of a merged column chunk where other row groups of the output carry theirs on uncounted. Readers
 * unite the statistics of a file's row groups (DuckDB: bounds, and whether there are nulls), and leave out of a filter what
 * lies outside. In the source the values of one row group may lie only within the bounds that another one stated. So a
 * merged chunk states at least what its sources stated, or nothing: the union never becomes narrower.
 */
final class UnitedStatistics {
    private static final String DENIED = "its values deny what is united with the statistics of other row groups";

    /** DuckDB takes the bounds of every writer for what they say. */
    private static final WriterTrust ANY = WriterTrust.of("parquet-mr version 1.15.0", true);

    private final Leaf leaf;
    private final ValueOrder order;
    private final CarriedClaims carried;
    private final long values;
    private final Statistics stated;

    private UnitedStatistics(SurveyedColumn column, CarriedClaims carried) {
        this.carried = carried;
        this.leaf = column.leaf();
        this.order = ValueOrder.of(leaf);
        this.values = column.fragments().stream()
                .mapToLong(fragment -> fragment.chunk().valueCount())
                .sum();
        this.stated = stated(column);
    }

    /**
     * Returns what the merged chunk may state.
     *
     * @param merged what its values or its sources tell; null for nothing
     * @param carried what other row groups carry on
     * @param aids hears of statistics that are left out because the values deny what the sources state
     */
    static @Nullable Statistics limited(
            @Nullable Statistics merged, SurveyedColumn column, CarriedClaims carried, DroppedAids aids) {
        if (merged == null) {
            return null;
        }
        UnitedStatistics united = new UnitedStatistics(column, carried);
        if (united.isDenied(merged) && column.trustsBounds()) {
            aids.add(column.fragments().get(0).rowGroup(), united.leaf.name(), "statistics", DENIED);
        }
        return united.limited(merged);
    }

    /** Returns what the sources' footer entries state together, whether it is true or not. */
    private static Statistics stated(SurveyedColumn column) {
        int[] pages = new int[column.fragments().size()];
        for (int page = 0; page < column.pageCount(); page++) {
            pages[column.fragment(page)]++;
        }
        StatisticsMerger merger = new StatisticsMerger(column.leaf());
        for (int i = 0; i < pages.length; i++) {
            FragmentChunk fragment = column.fragments().get(i);
            Statistics own = fragment.trust().meant(fragment.chunk().statistics(), pages[i]);
            merger.add(
                    own == null ? null : withBounds(own), ANY, fragment.chunk().valueCount());
        }
        Statistics merged = merger.merged();
        return merged == null ? Statistics.NONE : merged;
    }

    /** Readers take the deprecated bounds where there are no others. */
    static Statistics withBounds(Statistics own) {
        return own.minValue() != null || own.maxValue() != null
                ? own
                : new Statistics(null, null, own.nullCount(), -1, own.max(), own.min(), null, null, own.nanCount());
    }

    private boolean isDenied(Statistics merged) {
        boolean bounded = merged.minValue() != null && stated.minValue() != null;
        return deniesNulls(merged) || bounded && !isWithinStated(merged);
    }

    private @Nullable Statistics limited(Statistics merged) {
        if (deniesNulls(merged) || isNewlyAllNull(merged)) {
            return null; // Some readers take an absent null count for 0.
        }
        Statistics counts = isNewlyWithoutNulls(merged) ? merged.withNullCount(-1) : merged;
        if (merged.minValue() == null) {
            return counts;
        }
        if (isWithinStated(merged)) {
            return widened(counts);
        }
        boolean alone = stated.minValue() == null && !carried.allHaveBounds(leaf);
        return alone ? counts : counts.withoutBounds();
    }

    /** Whether there are no nulls, or nothing else, and the sources state what cannot be meant by that. */
    private boolean deniesNulls(Statistics merged) {
        boolean told = leaf.maxDefinitionLevel() > 0 && values > 0 && stated.nullCount() >= 0;
        boolean extreme = merged.nullCount() == 0 || merged.nullCount() == values;
        return told && extreme && !leaf.allowsNullCount(stated.nullCount(), merged.nullCount());
    }

    /** Some writers leave nulls of lists and structs out of their counts, which is no denial. */
    private boolean isNewlyAllNull(Statistics merged) {
        boolean uncounted = stated.nullCount() < 0 && !carried.allCountNulls(leaf);
        return leaf.maxDefinitionLevel() > 0
                && values > 0
                && merged.nullCount() == values
                && stated.nullCount() != values
                && !uncounted;
    }

    private boolean isNewlyWithoutNulls(Statistics merged) {
        return leaf.maxDefinitionLevel() > 0
                && merged.nullCount() == 0
                && stated.nullCount() < 0
                && carried.allCountNulls(leaf);
    }

    private boolean isWithinStated(Statistics merged) {
        byte[] min = merged.minValue();
        byte[] max = merged.maxValue();
        byte[] least = stated.minValue();
        byte[] greatest = stated.maxValue();
        return min != null
                && max != null
                && least != null
                && greatest != null
                && order.isNaN(min) == order.isNaN(least)
                && order.compare(least, min) <= 0
                && order.compare(max, greatest) <= 0;
    }

    /** Returns bounds as wide as the sources state them; where they are the values' own, these stay as they are. */
    private Statistics widened(Statistics merged) {
        boolean sameMin = isSame(merged.minValue(), stated.minValue());
        boolean sameMax = isSame(merged.maxValue(), stated.maxValue());
        return new Statistics(
                merged.max(),
                merged.min(),
                merged.nullCount(),
                merged.distinctCount(),
                sameMax ? merged.maxValue() : stated.maxValue(),
                sameMin ? merged.minValue() : stated.minValue(),
                sameMax ? merged.maxExact() : (Boolean) false,
                sameMin ? merged.minExact() : (Boolean) false,
                merged.nanCount());
    }

    private boolean isSame(byte @Nullable [] bound, byte @Nullable [] other) {
        return bound != null && other != null && order.compare(bound, other) == 0;
    }
}
