package io.glulam;

import io.glulam.ShapedReport.Bounds;
import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import io.glulam.statistics.ValueOrder;
import org.jspecify.annotations.Nullable;

/**
 * The least and the greatest value of a column, as the statistics of its chunks tell. For one file; not thread-safe.
 */
final class WrittenBounds {
    private final ValueOrder order;
    private boolean known;
    private byte @Nullable [] min;
    private byte @Nullable [] max;

    WrittenBounds(Leaf leaf) {
        order = ValueOrder.of(leaf);
        known = order.isDefined();
    }

    /** @param values of the chunk, nulls included */
    void add(long values, @Nullable Statistics statistics) {
        if (!known || values == 0 || statistics != null && statistics.nullCount() == values) {
            return;
        }
        byte[] least = statistics == null ? null : statistics.minValue();
        byte[] greatest = statistics == null ? null : statistics.maxValue();
        if (statistics == null
                || least == null
                || greatest == null
                || Boolean.FALSE.equals(statistics.minExact())
                || Boolean.FALSE.equals(statistics.maxExact())
                || !order.isRange(least, greatest)) {
            known = false;
            return;
        }
        byte[] before = min;
        byte[] after = max;
        min = before == null || order.compare(least, before) < 0 ? least : before;
        max = after == null || order.compare(greatest, after) > 0 ? greatest : after;
    }

    /** Returns the bounds; null if they are not known, or there is no value. */
    @Nullable
    Bounds result() {
        byte[] least = min;
        byte[] greatest = max;
        return known && least != null && greatest != null ? new Bounds(least, greatest) : null;
    }
}
