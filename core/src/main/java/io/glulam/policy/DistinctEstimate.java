package io.glulam.policy;

/**
 * How many distinct values a row group will hold, from windows of its values: what matters for whether a dictionary pays
 * and how wide its indices are. Read pessimistically, since a dictionary that was expected to be smaller costs bytes.
 *
 * <p>If values are drawn evenly and independently from {@code d} distinct ones, then {@code n} of them show
 * {@code d (1 - exp(-n/d))}. Where one window alone and all windows together give nearly the same {@code d}, that is
 * believed. Otherwise values come in runs, drift, or are skewed, and the number goes on growing with a power of the
 * number of values, as it last did from window to window (Heaps' law).
 */
final class DistinctEstimate {
    /** How far apart the two readings may be. */
    private static final double AGREEMENT = 1.25;

    /** What is added to a number that was only read off samples. */
    private static final double CAUTION = 1.05;

    private static final int STEPS = 60;

    private final double values;
    private final double distinct;
    private final double population;
    private final boolean even;
    private final double growth;

    private DistinctEstimate(double values, double distinct, double population, boolean even, double growth) {
        this.values = values;
        this.distinct = distinct;
        this.population = population;
        this.even = even;
        this.growth = growth;
    }

    /**
     * Reads the windows.
     *
     * @param values values in each window, nulls not counted
     * @param distinct distinct ones in each window
     * @param fresh of these, the ones that no earlier window held
     */
    static DistinctEstimate of(long[] values, long[] distinct, long[] fresh) {
        double allValues = 0;
        double allDistinct = 0;
        double valuesBefore = 0;
        double distinctBefore = 0;
        double single = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == 0) {
                continue;
            }
            valuesBefore = allValues;
            distinctBefore = allDistinct;
            allValues += values[i];
            allDistinct += fresh[i];
            single = Math.max(single, population((double) values[i], (double) distinct[i]));
        }
        double population = population(allValues, allDistinct);
        boolean even = population <= single * AGREEMENT;
        return new DistinctEstimate(
                allValues, allDistinct, population, even, growth(valuesBefore, distinctBefore, allValues, allDistinct));
    }

    /** The exponent of the growth from the last window but one to the last; 1, the most, where there is but one. */
    private static double growth(double valuesBefore, double distinctBefore, double values, double distinct) {
        if (valuesBefore == 0 || distinct == 0) {
            return 1;
        }
        return Math.min(1, Math.log(distinct / distinctBefore) / Math.log(values / valuesBefore));
    }

    /** The {@code d} for which {@code values} even draws show {@code distinct}; infinite if all differ. */
    private static double population(double values, double distinct) {
        if (distinct >= values) {
            return Double.POSITIVE_INFINITY;
        }
        double low = distinct;
        double high = distinct * 2;
        while (shown(high, values) < distinct) {
            low = high;
            high *= 2;
            if (high > 1e15) {
                return Double.POSITIVE_INFINITY;
            }
        }
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            if (shown(middle, values) < distinct) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double shown(double population, double values) {
        return -population * Math.expm1(-values / population);
    }

    /** How many distinct ones to expect among {@code count} values, nulls not counted; at most {@code count}. */
    long among(long count) {
        if (count <= 0 || values == 0) {
            return 0;
        }
        double expected;
        if (count <= values) {
            expected = distinct;
        } else if (even && Double.isFinite(population)) {
            double more = shown(population, (double) count);
            expected = more < distinct + 1 ? distinct : more * CAUTION;
        } else {
            expected = distinct * Math.pow(count / values, growth) * CAUTION;
        }
        return Math.min(count, (long) Math.ceil(expected));
    }
}
