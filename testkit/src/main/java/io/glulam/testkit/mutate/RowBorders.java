package io.glulam.testkit.mutate;

import java.util.Arrays;

/**
 * Moves borders between rows in the repetition levels of a page, in place: the values stay, and some of them belong to
 * another row. Works on the bit-packed runs of the RLE/bit-packing hybrid, so that no byte more or less is needed.
 */
public final class RowBorders {
    private RowBorders() {}

    /** How a border moves. */
    public enum Slide {
        /** The first value of a row becomes the last of the row before; there are as many rows as before. */
        INTO_THE_ROW_BEFORE,
        /** A row goes on with the values of the next: there is one row fewer. */
        ROWS_JOINED
    }

    /**
     * Moves the first border that can be moved.
     *
     * @param bytes hold the runs at {@code [from, to)}, without a length before them; changed in place
     * @param width bits of a level
     * @param count levels
     * @return whether there was one
     */
    public static boolean slide(byte[] bytes, int from, int to, int width, int count, Slide slide) {
        int position = from;
        int seen = 0;
        while (position < to && seen < count) {
            long header = 0;
            int shift = 0;
            int next;
            do {
                next = bytes[position++];
                header |= (next & 0x7fL) << shift;
                shift += 7;
            } while (next < 0);
            int values = (int) (header >>> 1);
            if ((header & 1) == 0) {
                position += (width + 7) / 8;
                seen += values;
                continue;
            }
            int inRun = Math.min(values * 8, count - seen);
            for (int i = seen == 0 ? 1 : 0; i + 1 < inRun; i++) {
                if (moved(bytes, position, width, i, slide)) {
                    return true;
                }
            }
            position += values * width;
            seen += values * 8;
        }
        return false;
    }

    private static boolean moved(byte[] bytes, int run, int width, int index, Slide slide) {
        int level = get(bytes, run, width, index);
        int after = get(bytes, run, width, index + 1);
        if (level != 0 || after == 0) {
            return false;
        }
        set(bytes, run, width, index, after);
        if (slide == Slide.INTO_THE_ROW_BEFORE) {
            set(bytes, run, width, index + 1, 0);
        }
        return true;
    }

    private static int get(byte[] bytes, int run, int width, int index) {
        int value = 0;
        for (int bit = 0; bit < width; bit++) {
            int at = index * width + bit;
            value |= (bytes[run + (at >>> 3)] >>> (at & 7) & 1) << bit;
        }
        return value;
    }

    private static void set(byte[] bytes, int run, int width, int index, int value) {
        for (int bit = 0; bit < width; bit++) {
            int at = index * width + bit;
            int mask = 1 << (at & 7);
            int old = bytes[run + (at >>> 3)];
            bytes[run + (at >>> 3)] = (byte) ((value >>> bit & 1) == 0 ? old & ~mask : old | mask);
        }
    }

    /** As {@link #slide}, on a copy. */
    public static byte[] slid(byte[] bytes, int from, int to, int width, int count, Slide slide) {
        byte[] copy = Arrays.copyOf(bytes, bytes.length);
        if (!slide(copy, from, to, width, count, slide)) {
            throw new IllegalArgumentException("no border between two rows lies in a bit-packed run");
        }
        return copy;
    }
}
