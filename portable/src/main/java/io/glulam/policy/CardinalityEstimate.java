package io.glulam.policy;

/**
 * Estimates the number of distinct values of a row group from windows of its values. It decides whether a dictionary pays and
 * how wide its indices are. The estimate is pessimistic, because a dictionary that comes out larger than expected costs bytes.
 *
 * <p>If values are drawn evenly and independently from {@code d} distinct ones, then {@code n} of them show
 * {@code d (1 - exp(-n/d))}. Where one window alone and all windows together give nearly the same {@code d}, that is
 * believed. Otherwise values come in runs, drift, or are skewed, and the number goes on growing with a power of the
 * number of values, as it did from window to window (Heaps' law). Of skewed values ever fewer are new, so that the power
 * falls with the logarithm of their number; it is taken to go on falling as far as that is more than chance.
 */
final class CardinalityEstimate {
    /** How far apart the two readings may be. */
    private static final double AGREEMENT = 1.25;

    /** The margin of a number that was only read off samples. */
    private static final double CAUTION = 1.05;

    private static final int STEPS = 60;

    private final double values;
    private final double distinct;
    private final double population;
    private final boolean even;
    private final Growth growth;

    /**
     * Heaps' law around the last window.
     *
     * @param exponent at the last value; 0 to 1
     * @param decline of the exponent for each e-fold of values; not negative
     */
    private record Growth(double exponent, double decline) {
        /** By which factor the number of distinct values grows while that of values grows by {@code factor}. */
        double over(double factor) {
            double folds = Math.log(factor);
            double until = decline > 0 ? Math.min(folds, exponent / decline) : folds;
            return Math.exp(exponent * until - decline * until * until / 2);
        }
    }

    private CardinalityEstimate(double values, double distinct, double population, boolean even, Growth growth) {
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
    static CardinalityEstimate of(long[] values, long[] distinct, long[] fresh) {
        double[] allValues = new double[values.length + 1];
        double[] allDistinct = new double[values.length + 1];
        double single = 0;
        int last = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == 0) {
                continue;
            }
            allValues[last + 1] = allValues[last] + values[i];
            allDistinct[last + 1] = allDistinct[last] + fresh[i];
            last++;
            single = Math.max(single, population((double) values[i], (double) distinct[i]));
        }
        double population = population(allValues[last], allDistinct[last]);
        boolean even = population <= single * AGREEMENT;
        return new CardinalityEstimate(
                allValues[last], allDistinct[last], population, even, growth(allValues, allDistinct, last));
    }

    /**
     * How the number grew.
     *
     * @param values so many up to each window's end, from 0 on
     * @param distinct ones among them
     * @param last the last window's end
     */
    private static Growth growth(double[] values, double[] distinct, int last) {
        if (last < 2 || distinct[last] == 0) {
            return new Growth(1, 0);
        }
        double exponent = exponent(values, distinct, last, 0);
        if (last == 2) {
            return new Growth(Math.min(1, exponent), 0);
        }
        // A first step that was less by chance and a last one that was more leave what is certain of the decline.
        double folds = middle(values, last) - middle(values, 2);
        double decline = (exponent(values, distinct, 2, -1) - exponent(values, distinct, last, 1)) / folds;
        if (decline <= 0) {
            return new Growth(Math.min(1, exponent), 0);
        }
        double atEnd = exponent - decline * (Math.log(values[last]) - middle(values, last));
        return new Growth(Math.max(0, Math.min(1, atEnd)), decline);
    }

    /**
     * The exponent of the growth from the window before to the one that ends at {@code end}.
     *
     * @param deviations by how many standard deviations the number of new values is changed
     */
    private static double exponent(double[] values, double[] distinct, int end, int deviations) {
        double fresh = distinct[end] - distinct[end - 1];
        double changed = Math.max(0, fresh + deviations * Math.sqrt(fresh));
        double before = Math.max(1, distinct[end - 1]);
        return Math.log((before + changed) / before) / Math.log(values[end] / values[end - 1]);
    }

    /** Between the ends of two windows, as a logarithm. */
    private static double middle(double[] values, int end) {
        return (Math.log(values[end]) + Math.log(values[end - 1])) / 2;
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
            expected = distinct * growth.over(count / values) * CAUTION;
        }
        return Math.min(count, (long) Math.ceil(expected));
    }
}
