package io.glulam.splice;

import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridDecoder;
import io.glulam.page.HybridEncoder;
import java.util.Arrays;

/**
 * Joins the repetition or definition levels of the pages that make up one output page. A single page's levels pass as
 * they are; several are decoded and run again, because the padding of a level stream forbids putting another after it.
 * Where all of them are the same level, which is usual, they are only counted. Not thread-safe.
 */
final class LevelSplicer {
    private static final int MANY = -1;

    private final int maxLevel;
    private final int width;
    private final ByteArrayBuilder raw = new ByteArrayBuilder(256);
    private int[] levels = new int[0];
    private int count;
    private boolean decoded;
    private boolean overlong;
    /** The level of all values so far, where each page is one run of it; {@link #MANY} else. */
    private int only = MANY;

    private boolean joined;

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
        only = MANY;
        joined = false;
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
        int level = onlyLevel(source, from, length, values);
        if (count == 0) {
            raw.append(source, from, length);
            // Bytes of padding would be carried along; a stream this long for its values is run again instead.
            overlong = length > 16L + 2L * values * width;
            only = level;
        } else if (level != MANY && level == only) {
            joined = true;
        } else {
            decodeAdded();
            decode(source, from, from + length, values);
        }
        count += values;
    }

    /** The level of all values of a page, if its levels are one run; {@link #MANY} else, and if that is malformed. */
    private int onlyLevel(byte[] source, int from, int length, int values) {
        int end = from + length;
        int position = from;
        long header = 0;
        int shift = 0;
        byte next;
        do {
            if (position >= end || shift > 28) {
                return MANY;
            }
            next = source[position++];
            header |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        if ((header & 1) != 0 || header >>> 1 < values || width > Byte.SIZE || position >= end) {
            return MANY;
        }
        int level = source[position] & 0xff;
        return level >>> width == 0 ? level : MANY;
    }

    private void decodeAdded() {
        if (decoded) {
            return;
        }
        int before = count;
        if (only == MANY) {
            count = 0;
            decode(raw.array(), 0, raw.size(), before);
            count = before;
        } else {
            makeRoom(before);
            Arrays.fill(levels, 0, before, only);
            only = MANY;
        }
        decoded = true;
    }

    private void makeRoom(int wanted) {
        if (levels.length < wanted) {
            levels = Arrays.copyOf(levels, Math.max(wanted, levels.length * 2));
        }
    }

    private void decode(byte[] source, int from, int to, int values) {
        makeRoom(count + values);
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
            decodeAdded();
        }
        if (decoded) {
            HybridEncoder.encode(levels, 0, count, width, out);
        } else if (joined) {
            HybridEncoder.encodeSame(only, count, width, out);
        } else {
            out.append(raw.array(), 0, raw.size());
        }
    }
}
