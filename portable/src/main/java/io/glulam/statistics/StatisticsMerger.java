package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of a column chunk that is joined from parts, from theirs: true of the whole, or absent.
 *
 * <ul>
 *   <li>Bounds are kept only if every part has valid ones or provably nothing to bound (all null; under a type-defined
 *       floating-point order also: all null or NaN).
 *   <li>The deprecated pair is united only under the signed orders that define it, and never turned into the other.
 *   <li>Exactness holds if it holds for every part; unknown in one is unknown.
 *   <li>{@code null_count} and {@code nan_count} add up if every part has them; {@code distinct_count} does not and is
 *       kept only for a single part.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class StatisticsMerger {
    private final Leaf leaf;
    private final ValueOrder order;
    private final Bounds bounds;
    private final Bounds deprecated;
    private final Sum nulls = new Sum();
    private final Sum nans = new Sum();
    private @Nullable WriterTrust writer;
    private boolean trustsBounds;
    private boolean trustsDeprecatedBounds;
    private int parts;
    private long distinct = -1;
    private boolean unboundedNaN;
    private boolean boundedNumber;

    public StatisticsMerger(Leaf leaf) {
        this.leaf = leaf;
        order = ValueOrder.of(leaf);
        bounds = new Bounds(order);
        deprecated = new Bounds(order);
    }

    /** Forgets all parts. */
    public void clear() {
        bounds.clear();
        deprecated.clear();
        nulls.clear();
        nans.clear();
        parts = 0;
        distinct = -1;
        unboundedNaN = false;
        boundedNumber = false;
    }

    /**
     * Adds a part in order.
     *
     * @param part its statistics; null if it has none
     * @param trust its writer
     * @param valueCount its values, nulls included; a part without values changes nothing
     */
    public void add(@Nullable Statistics part, WriterTrust trust, long valueCount) {
        if (valueCount == 0) {
            return;
        }
        Statistics known = part == null ? Statistics.NONE : part;
        long nullCount = inRange(known.nullCount(), valueCount);
        long nanCount = nanCount(known, nullCount, valueCount);
        nulls.add(nullCount);
        nans.add(nanCount);
        know(trust);
        distinct = parts == 0 && trust.trustsDistinctCounts()
                ? inRange(known.distinctCount(), valueCount - Math.max(nullCount, 0))
                : -1;
        parts++;
        boolean allNull = nullCount == valueCount;
        boolean allNaN = !allNull && nanCount >= 0 && nullCount >= 0 && nullCount + nanCount == valueCount;
        addBounds(known, trustsBounds, allNull, allNaN);
        addDeprecated(known, trustsDeprecatedBounds, allNull || allNaN);
    }

    /** Keeps what follows from the trust in a writer: nearly always it is the one of the part before. */
    @SuppressWarnings("ReferenceEquality") // Another one like it is asked again.
    private void know(WriterTrust trust) {
        if (trust != writer) {
            writer = trust;
            trustsBounds = trust.trustsBounds(leaf);
            trustsDeprecatedBounds = trust.trustsDeprecatedBounds(leaf);
        }
    }

    private long nanCount(Statistics part, long nullCount, long valueCount) {
        if (!order.isFloatingPoint()) {
            return -1;
        }
        return nullCount == valueCount ? 0 : inRange(part.nanCount(), valueCount - Math.max(nullCount, 0));
    }

    private static long inRange(long count, long limit) {
        return count <= limit ? count : -1;
    }

    private void addBounds(Statistics part, boolean trusted, boolean allNull, boolean allNaN) {
        byte[] min = trusted ? part.minValue() : null;
        byte[] max = trusted ? part.maxValue() : null;
        if (min != null
                && max != null
                && order.isRange(min, max)
                && (!order.isTotal() || allNull || order.isNaN(min) == allNaN)) {
            // Bounds where there is nothing to bound contradict the counts: wide enough, but who knows how exact.
            boolean contradiction = allNull || allNaN && !order.isTotal();
            bounds.add(min, max, contradiction ? null : part.minExact(), contradiction ? null : part.maxExact());
            boundedNumber |= !order.isNaN(min);
        } else if (allNaN && order.isTotal()) {
            unboundedNaN = true;
        } else if (!allNull && !allNaN) {
            bounds.lose();
        }
    }

    private void addDeprecated(Statistics part, boolean trusted, boolean nothingToBound) {
        byte[] min = trusted ? part.min() : null;
        byte[] max = trusted ? part.max() : null;
        if (min != null && max != null && order.isRange(min, max)) {
            deprecated.add(min, max, null, null);
        } else if (!nothingToBound) {
            deprecated.lose();
        }
    }

    /** The statistics of all parts so far; null if nothing is known. */
    public @Nullable Statistics merged() {
        if (parts == 0) {
            return null;
        }
        // The total order asks for nan_count beside bounds, and for bounds of NaN where there is nothing else.
        boolean incomplete = order.isTotal() && (nans.total() < 0 || unboundedNaN && !boundedNumber);
        long nanCount = order.isFloatingPoint() ? nans.total() : -1;
        Statistics merged = new Statistics(
                deprecated.max(),
                deprecated.min(),
                nulls.total(),
                distinct,
                incomplete ? null : bounds.max(),
                incomplete ? null : bounds.min(),
                incomplete ? null : bounds.maxExact(),
                incomplete ? null : bounds.minExact(),
                nanCount);
        return merged.isNone() ? null : merged;
    }
}
