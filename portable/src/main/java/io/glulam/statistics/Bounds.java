package io.glulam.statistics;

import org.jspecify.annotations.Nullable;

/**
 * A min and a max that grow with every pair added, until one is missing: then there are none. Each is one of those that
 * were added, bit for bit, so that an exact one stays exact. Of zeros that differ in their signs alone, −0 is the min and +0
 * the max, not exact: readers differ in which of them is the least value. Not thread-safe.
 */
final class Bounds {
    private final ValueOrder order;
    private byte @Nullable [] min;
    private byte @Nullable [] max;
    private boolean lost;
    private boolean minExactKnown = true;
    private boolean maxExactKnown = true;
    private boolean minExact = true;
    private boolean maxExact = true;
    private boolean minOfBothZeros;
    private boolean maxOfBothZeros;

    Bounds(ValueOrder order) {
        this.order = order;
        lost = !order.isDefined();
    }

    /** Forgets all pairs. */
    void clear() {
        min = null;
        max = null;
        lost = !order.isDefined();
        minExactKnown = true;
        maxExactKnown = true;
        minExact = true;
        maxExact = true;
        minOfBothZeros = false;
        maxOfBothZeros = false;
    }

    /** Values came by whose bounds are unknown. */
    void lose() {
        lost = true;
        min = null;
        max = null;
    }

    boolean isLost() {
        return lost;
    }

    /** Unites with a pair that {@link ValueOrder#isRange} accepts. */
    void add(byte[] otherMin, byte[] otherMax, @Nullable Boolean otherMinExact, @Nullable Boolean otherMaxExact) {
        if (lost) {
            return;
        }
        combineExactness(otherMinExact, otherMaxExact);
        byte[] oldMin = min;
        byte[] oldMax = max;
        if (oldMin == null || oldMax == null) {
            set(otherMin, otherMax);
            return;
        }
        if (!order.isFloatingPoint()) {
            set(
                    order.compare(otherMin, oldMin) < 0 ? otherMin : oldMin,
                    order.compare(oldMax, otherMax) < 0 ? otherMax : oldMax);
            return;
        }
        // Under the total order NaN is a bound only of what holds nothing but NaN.
        boolean nan = order.isNaN(oldMin);
        if (nan != order.isNaN(otherMin)) {
            if (nan) {
                set(otherMin, otherMax);
            }
            return;
        }
        minOfBothZeros = stillOfBothZeros(minOfBothZeros, order.compare(otherMin, oldMin), otherMin, oldMin);
        maxOfBothZeros = stillOfBothZeros(maxOfBothZeros, order.compare(oldMax, otherMax), oldMax, otherMax);
        set(order.isLower(otherMin, oldMin) ? otherMin : oldMin, order.isLower(oldMax, otherMax) ? otherMax : oldMax);
    }

    /** @param compared negative if the new bound replaces the old one, which it does as the left or the right of both */
    private boolean stillOfBothZeros(boolean before, int compared, byte[] left, byte[] right) {
        return compared == 0
                ? before || order.isLower(left, right) || order.isLower(right, left)
                : compared > 0 && before;
    }

    private void set(byte[] newMin, byte[] newMax) {
        min = newMin;
        max = newMax;
    }

    private void combineExactness(@Nullable Boolean otherMin, @Nullable Boolean otherMax) {
        minExactKnown &= otherMin != null;
        maxExactKnown &= otherMax != null;
        minExact &= Boolean.TRUE.equals(otherMin);
        maxExact &= Boolean.TRUE.equals(otherMax);
    }

    /** Null if lost or if there was no value to bound. */
    byte @Nullable [] min() {
        return min;
    }

    byte @Nullable [] max() {
        return max;
    }

    /** Null if a part did not say; false of both zeros. */
    @Nullable
    Boolean minExact() {
        if (min != null && minOfBothZeros) {
            return false;
        }
        return min != null && minExactKnown ? (Boolean) minExact : null;
    }

    @Nullable
    Boolean maxExact() {
        if (max != null && maxOfBothZeros) {
            return false;
        }
        return max != null && maxExactKnown ? (Boolean) maxExact : null;
    }
}
