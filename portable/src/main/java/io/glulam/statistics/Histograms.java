package io.glulam.statistics;

import org.jspecify.annotations.Nullable;

/** Level histograms: a count for each level from 0 to the highest. */
final class Histograms {
    static final long[] ABSENT = {};

    private Histograms() {}

    /** {@code sum + part} in a new array; null if either is unknown or the part is not one of {@code valueCount} values. */
    static long @Nullable [] sum(long @Nullable [] sum, long @Nullable [] part, long valueCount) {
        if (sum == null || part == null || !counts(part, sum.length, valueCount)) {
            return null;
        }
        long[] result = new long[sum.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = sum[i] + part[i];
            if (result[i] < 0) {
                return null;
            }
        }
        return result;
    }

    /** Whether {@code histogram} has {@code levels} counts that add up to {@code valueCount}. */
    static boolean counts(long[] histogram, int levels, long valueCount) {
        if (histogram.length != levels) {
            return false;
        }
        Sum sum = new Sum();
        for (long count : histogram) {
            sum.add(count);
        }
        return sum.total() == valueCount;
    }

    static long[] copy(long @Nullable [] histogram) {
        return histogram == null ? ABSENT : histogram.clone();
    }
}
