package io.glulam.policy;

import io.glulam.plan.Settings;

/**
 * How large row groups may and should be, and what is certain about sizes that are only planned. The size of a merged
 * row group is an estimate; that it comes out a good deal smaller, or any amount larger, must not make the result worth
 * compacting again. So row groups that are still to be written count here with the least that they may become.
 *
 * @param threshold under how many bytes a row group is a fragment
 * @param targetBytes most bytes of a merged row group
 * @param maxRows most rows of a merged row group
 * @param leastPercent of their sources' bytes that merged row groups may come out at
 */
record Limits(long threshold, long targetBytes, long maxRows, int leastPercent) {
    /** Keeps sums of two sizes within a long; no file comes near it. */
    private static final long MAX = 1L << 61;

    /** A healthy row group is rewritten for a fragment only up to this many rows per row of the fragment. */
    private static final long WORTH_ROWS_PER_ROW = 16;

    static Limits of(Settings settings, long fileSize, int leastPercent) {
        return new Limits(
                FragmentPolicy.threshold(settings, fileSize),
                Math.min(settings.targetBytes(), MAX),
                Math.min(settings.maxRows(), MAX),
                leastPercent);
    }

    /** Clamps a size or row count so that adding two cannot overflow; values above any limit stay above it. */
    static long bounded(long value) {
        return Math.min(value, MAX + 1);
    }

    /** The least bytes that a row group may have in the output. */
    long leastBytes(long bytes, boolean merged) {
        return merged ? bytes / 100 * leastPercent + bytes % 100 * leastPercent / 100 : bytes;
    }

    /** Whether a row group of that size may be a fragment. */
    boolean isFragment(long leastBytes) {
        return leastBytes < threshold;
    }

    /** Whether it is so small that it is worth a healthy neighbour's rewriting. Well under the threshold, so that no
     * merged row group that comes out a little smaller than planned be merged again. */
    boolean isSmallFragment(long leastBytes) {
        return leastBytes < (threshold + 1) / 2;
    }

    /** Whether both together keep the limits, whatever the merged ones among them will turn out to weigh. */
    boolean fit(long rows, long leastBytes, long otherRows, long otherLeastBytes) {
        long least = leastBytes(targetBytes, true) - 1; // 1 for what rounding took from the two
        return rows <= maxRows - otherRows && leastBytes < least - otherLeastBytes;
    }

    /** Whether a healthy row group of so many rows is worth rewriting for a fragment. Counted in rows, because they
     * do not change when row groups are written again. */
    static boolean isWorth(long healthyRows, long fragmentRows) {
        return (healthyRows - 1) / WORTH_ROWS_PER_ROW < fragmentRows;
    }
}
