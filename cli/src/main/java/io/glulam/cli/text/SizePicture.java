package io.glulam.cli.text;

import io.glulam.plan.Units;
import java.util.Arrays;

/** Row groups by size: how many there are, and how many bytes they hold, between one power of two and the next. */
public final class SizePicture {
    /** Buckets below the threshold, each half as large as the one above it; the lowest is open. */
    private static final int BELOW = 8;

    /** Columns of the terminal from which there is room for the share of the bytes. */
    private static final int MIN_FOR_SHARES = 60;

    private static final int BUCKETS = 2 * BELOW;

    private final long threshold;
    private final long[] counts = new long[BUCKETS];
    private final long[] bytes = new long[BUCKETS];

    /**
     * @param threshold bytes under which a row group is a fragment: always a bound between two buckets
     * @param sizes compressed bytes of the row groups
     */
    public SizePicture(long threshold, long[] sizes) {
        this.threshold = threshold;
        for (long size : sizes) {
            int bucket = bucket(size);
            counts[bucket]++;
            bytes[bucket] += size;
        }
    }

    private int bucket(long size) {
        int bucket = BELOW;
        if (size < threshold) {
            while (bucket > 0 && size < lowerBound(bucket)) {
                bucket--;
            }
        } else {
            while (bucket < BUCKETS - 1 && size >= lowerBound(bucket + 1)) {
                bucket++;
            }
        }
        return bucket;
    }

    /** Smallest size of a bucket, above 0 for the lowest as well, where it means nothing. */
    private long lowerBound(int bucket) {
        int shift = bucket - BELOW;
        if (shift <= 0) {
            return Math.max(1, threshold >> -shift);
        }
        return threshold > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : threshold << shift;
    }

    /** How many row groups are fragments. */
    public long fragments() {
        return Arrays.stream(counts, 0, BELOW).sum();
    }

    /** Bytes of all fragments. */
    public long fragmentBytes() {
        return Arrays.stream(bytes, 0, BELOW).sum();
    }

    /** Share of the row groups' bytes that lie in fragments, 0 to 1; 0 if there are none. */
    public double fragmentedShare() {
        long all = Arrays.stream(bytes).sum();
        return all == 0 ? 0 : (double) fragmentBytes() / all;
    }

    /** Draws one bar a bucket, as long as it has row groups, from the smallest size in use to the largest. */
    public void print(Output out) {
        int first = 0;
        int last = BUCKETS - 1;
        while (first < BUCKETS && counts[first] == 0) {
            first++;
        }
        while (last > first && counts[last] == 0) {
            last--;
        }
        if (first == BUCKETS) {
            return;
        }
        TextTable labels = labels(first, last, out.glyphs().dash(), out.width() >= MIN_FOR_SHARES);
        int labelled = labels.lines(0, Integer.MAX_VALUE).stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        int width = Math.max(4, Math.min(100, out.width() - 2 - labelled - 2));
        long most = Arrays.stream(counts, first, last + 1).max().orElse(1);
        int bucket = first - 1;
        for (String label : labels.lines(2, Integer.MAX_VALUE)) {
            if (bucket < first) {
                out.line(out.paint(Color.FAINT, label));
            } else {
                String bar = out.glyphs().bar((double) counts[bucket] / most, width);
                String padding = " ".repeat(2 + labelled + 2 - label.length());
                out.line(label + padding + out.paint(bucket < BELOW ? Color.BAD : Color.GOOD, bar));
            }
            bucket++;
        }
    }

    private TextTable labels(int first, int last, String dash, boolean shares) {
        long all = Math.max(1, Arrays.stream(bytes).sum());
        TextTable labels = new TextTable(">size", ">row groups", shares ? ">of bytes" : "");
        for (int bucket = first; bucket <= last; bucket++) {
            String share = shares && counts[bucket] > 0 ? Units.percent(bytes[bucket], all) : "";
            labels.add(range(bucket, dash), Units.count(counts[bucket]), share);
        }
        return labels;
    }

    private String range(int bucket, String dash) {
        if (bucket == 0) {
            return "under " + Units.size(lowerBound(1));
        }
        String from = Units.size(lowerBound(bucket));
        return bucket == BUCKETS - 1
                ? from + " and more"
                : from + " " + dash + " " + Units.size(lowerBound(bucket + 1));
    }
}
