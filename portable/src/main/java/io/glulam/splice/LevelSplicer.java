package io.glulam.splice;

import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridDecoder;
import io.glulam.page.HybridEncoder;

/**
 * Joins the repetition or definition levels of the pages that make up one output page. A single page's levels pass as
 * they are; several are decoded and run again, because the padding of a level stream forbids putting another behind it.
 * Not thread-safe.
 */
final class LevelSplicer {
    private final int maxLevel;
    private final int width;
    private final ByteArrayBuilder raw = new ByteArrayBuilder(256);
    private int[] levels = new int[0];
    private int count;
    private boolean decoded;
    private boolean overlong;

    /** @param maxLevel the column's; 0 means that there are no levels to join */
    LevelSplicer(int maxLevel) {
        this.maxLevel = maxLevel;
        this.width = BitWidth.of(maxLevel);
    }

    void clear() {
        raw.clear();
        count = 0;
        decoded = false;
        overlong = false;
    }

    /** Adds a page's levels, RLE without length prefix. */
    void add(byte[] source, int from, int length, int values) {
        if (values == 0) {
            return; // Levels of no value are padding, and nothing can follow them.
        }
        if (maxLevel == 0) {
            count += values;
            return;
        }
        if (count == 0) {
            raw.append(source, from, length);
            // Bytes of padding would be carried along; a stream this long for its values is run again instead.
            overlong = length > 16L + 2L * values * width;
        } else {
            decodeRaw();
            decode(source, from, from + length, values);
        }
        count += values;
    }

    private void decodeRaw() {
        if (!decoded) {
            int first = count;
            count = 0;
            decode(raw.array(), 0, raw.size(), first);
            count = first;
            decoded = true;
        }
    }

    private void decode(byte[] source, int from, int to, int values) {
        if (levels.length < count + values) {
            levels = java.util.Arrays.copyOf(levels, Math.max(count + values, levels.length * 2));
        }
        HybridDecoder.decode(source, from, to, width, levels, count, values);
    }

    /** How many of a page's levels equal {@code level}. */
    int countEqual(byte[] source, int from, int length, int values, int level) {
        return maxLevel == 0 ? values : HybridDecoder.count(source, from, from + length, width, values, level);
    }

    /** Whether a page's first level is {@code level}. */
    boolean startsWith(byte[] source, int from, int length, int level) {
        return maxLevel == 0 || HybridDecoder.count(source, from, from + length, width, 1, level) == 1;
    }

    /** Appends the joined levels without length prefix. */
    void finish(ByteArrayBuilder out) {
        if (maxLevel == 0) {
            return;
        }
        if (overlong) {
            decodeRaw();
        }
        if (decoded) {
            HybridEncoder.encode(levels, 0, count, width, out);
        } else {
            out.append(raw.array(), 0, raw.size());
        }
    }
}
