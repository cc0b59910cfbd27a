package io.glulam.execute;

import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import io.glulam.statistics.ValueOrder;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of floating-point values that their order does not determine. With NaN among the values nothing is computed;
 * where both zeros are the least or the greatest value, either is right. What the sources state is taken then, so that
 * readers skip what they skipped before and answer with the zero that they answered with before.
 */
final class SourceBounds {
    private SourceBounds() {}

    /** Whether the values alone do not determine the bounds that were computed. */
    static boolean areNeeded(Leaf leaf, Statistics computed) {
        return ValueOrder.of(leaf).isFloatingPoint()
                && (computed.minValue() == null
                        || Boolean.FALSE.equals(computed.minExact())
                        || Boolean.FALSE.equals(computed.maxExact()));
    }

    /**
     * Returns the computed statistics, with the sources' bounds where the values do not determine them.
     *
     * @param sources what may be believed of the sources' statistics, merged; null if they do not tell
     * @param besideNaN bounds of the values that are no NaN; null where there is no NaN, or nothing else
     */
    static Statistics of(@Nullable Statistics sources, Leaf leaf, Statistics computed, @Nullable Statistics besideNaN) {
        if (sources == null) {
            return computed;
        }
        byte[] min = computed.minValue();
        byte[] max = computed.maxValue();
        if (min == null || max == null) {
            return areWrong(sources, leaf, besideNaN) ? computed : computed.withBoundsOf(sources);
        }
        // A zero that all sources state occurs among the values, since both do: it is exact.
        boolean minStated = isOpen(computed.minExact()) && isStated(leaf, min, sources.minValue(), sources.minExact());
        boolean maxStated = isOpen(computed.maxExact()) && isStated(leaf, max, sources.maxValue(), sources.maxExact());
        return new Statistics(
                computed.max(),
                computed.min(),
                computed.nullCount(),
                computed.distinctCount(),
                maxStated ? sources.maxValue() : max,
                minStated ? sources.minValue() : min,
                maxStated || Boolean.TRUE.equals(computed.maxExact()),
                minStated || Boolean.TRUE.equals(computed.minExact()),
                computed.nanCount());
    }

    /** Whether the sources' bounds leave out a value, whose row a reader would skip, or are called exact and are not. */
    private static boolean areWrong(Statistics sources, Leaf leaf, @Nullable Statistics values) {
        byte[] min = sources.minValue();
        byte[] max = sources.maxValue();
        byte[] least = values == null ? null : values.minValue();
        byte[] greatest = values == null ? null : values.maxValue();
        if (min == null || max == null || least == null || greatest == null) {
            return false;
        }
        ValueOrder order = ValueOrder.of(leaf);
        int below = order.compare(least, min);
        int above = order.compare(greatest, max);
        return below < 0
                || above > 0
                || below > 0 && Boolean.TRUE.equals(sources.minExact())
                || above < 0 && Boolean.TRUE.equals(sources.maxExact());
    }

    private static boolean isOpen(@Nullable Boolean exact) {
        return Boolean.FALSE.equals(exact);
    }

    private static boolean isStated(Leaf leaf, byte[] zero, byte @Nullable [] stated, @Nullable Boolean exact) {
        ValueOrder order = ValueOrder.of(leaf);
        return stated != null
                && !Boolean.FALSE.equals(exact)
                && order.isBound(stated)
                && order.compare(stated, zero) == 0;
    }
}
