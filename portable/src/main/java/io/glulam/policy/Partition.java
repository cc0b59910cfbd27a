package io.glulam.policy;

/**
 * Cuts a sequence into the fewest parts within the limits, then shares it out evenly over that many. Linear time. A
 * single element larger than the limits makes a part alone.
 */
final class Partition {
    private final long[] rows;
    private final long[] bytes;
    private final int from;
    private final int to;

    /** For each element the end of the longest part that begins with it. */
    private final int[] furthest;

    /** For each element, and the end, how few parts hold the rest from it on. */
    private final int[] fewest;

    private Partition(long[] rows, long[] bytes, int from, int to, Limits limits) {
        this.rows = rows;
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.furthest = new int[to - from];
        this.fewest = new int[to - from + 1];
        measure(limits);
    }

    /**
     * The ends of the parts of {@code from} to {@code to}, exclusive and ascending; the last is {@code to}.
     *
     * @param rows rows of each element, bounded
     * @param bytes compressed bytes of each element, bounded
     */
    static int[] of(long[] rows, long[] bytes, int from, int to, Limits limits) {
        return new Partition(rows, bytes, from, to, limits).shareOut(limits);
    }

    private void measure(Limits limits) {
        int end = to;
        long windowRows = 0;
        long windowBytes = 0;
        for (int i = to - 1; i >= from; i--) {
            windowRows += rows[i];
            windowBytes += bytes[i];
            while (end > i + 1 && (windowRows > limits.maxRows() || windowBytes > limits.targetBytes())) {
                end--;
                windowRows -= rows[end];
                windowBytes -= bytes[end];
            }
            furthest[i - from] = end;
            fewest[i - from] = 1 + fewest[end - from];
        }
    }

    private int[] shareOut(Limits limits) {
        boolean byRows = load(rows) / limits.maxRows() > load(bytes) / limits.targetBytes();
        long[] weights = byRows ? rows : bytes;
        double left = load(weights);
        int[] ends = new int[fewest[0]];
        int start = from;
        for (int part = 0; part < ends.length; part++) {
            int partsAfter = ends.length - part - 1;
            double share = left / (partsAfter + 1);
            int end = start;
            double weight = 0;
            // The rest must still fit the parts that are left, this part its limits; between, nearest to the share.
            while (end < furthest[start - from]
                    && (end == start || fewest[end - from] > partsAfter || weight + weights[end] / 2.0 <= share)) {
                weight += weights[end++];
            }
            ends[part] = end;
            left -= weight;
            start = end;
        }
        return ends;
    }

    private double load(long[] weights) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += weights[i];
        }
        return sum;
    }
}
