package io.glulam.recode;

import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridEncoder;

/** Encodes one kind of a column's levels, page by page, and counts them. */
final class LevelEncoder {
    private final int max;
    private final boolean prefixed;
    private final long[] total;

    LevelEncoder(int maxLevel, int pageVersion) {
        this.max = maxLevel;
        this.prefixed = pageVersion == 1;
        this.total = new long[maxLevel == 0 ? 0 : maxLevel + 1];
    }

    /** Appends a page's levels in the form of its version; the bytes that they take. */
    int encode(int[] levels, int count, ByteArrayBuilder out) {
        if (max == 0) {
            return 0;
        }
        int start = out.size();
        if (prefixed) {
            out.appendInt(0);
        }
        int runs = out.size();
        HybridEncoder.encode(levels, 0, count, BitWidth.of(max), out);
        if (prefixed) {
            out.setInt(start, out.size() - runs);
        }
        return out.size() - start;
    }

    /** Counts a page's levels: how many values have each. */
    long[] count(int[] levels, int count) {
        long[] histogram = new long[total.length];
        if (max > 0) {
            for (int i = 0; i < count; i++) {
                histogram[levels[i]]++;
            }
            for (int level = 0; level <= max; level++) {
                total[level] += histogram[level];
            }
        }
        return histogram;
    }

    /** Values per level of all pages counted; empty if the highest level is 0. */
    long[] totalHistogram() {
        return total.clone();
    }
}
