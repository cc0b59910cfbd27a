package io.glulam.decode;

import io.glulam.format.LittleEndian;
import java.util.Arrays;

/** Unpacks numbers that lie bit by bit, least significant first. Ranges are the caller's to check. Stateless. */
final class BitUnpacker {
    /** Bits that one load of eight bytes always holds, wherever in its first byte the number begins. */
    private static final int WIDEST_IN_A_LOAD = Long.SIZE - 7;

    private static final long SEVEN_BYTES = -1L >>> 8;
    /** The lower bit of each pair. */
    private static final long PAIRS = 0x5555_5555_5555_5555L;

    private BitUnpacker() {}

    /**
     * Unpacks {@code count} numbers of at most 32 bits.
     *
     * @param bit where the first begins, counted from the array's first
     */
    static void unpack(byte[] bytes, long bit, int width, int[] target, int from, int count) {
        if (width == 0) {
            Arrays.fill(target, from, from + count, 0);
            return;
        }
        long mask = (1L << width) - 1;
        int quick = from + loadable(bytes, bit, width, count);
        long at = bit;
        int i = from;
        for (; i < quick; i++, at += width) {
            target[i] = (int) (LittleEndian.getLong(bytes, (int) (at >>> 3)) >>> (at & 7) & mask);
        }
        for (; i < from + count; i++, at += width) {
            target[i] = (int) one(bytes, at, width);
        }
    }

    /**
     * How many of {@code count} numbers of at most 32 bits are 0.
     *
     * @param bit where the first begins, counted from the array's first
     */
    static int zeros(byte[] bytes, long bit, int width, int count) {
        int zeros = 0;
        long at = bit;
        int i = 0;
        if (width == 1 || width == 2) {
            // Seven bytes at a time: so many are left of eight wherever in its byte the first number begins.
            int numbers = 56 / width;
            for (; count - i >= numbers && (at >>> 3) <= bytes.length - Long.BYTES; i += numbers, at += 56) {
                long word = LittleEndian.getLong(bytes, (int) (at >>> 3)) >>> (at & 7);
                long set = width == 1 ? word & SEVEN_BYTES : (word | word >>> 1) & SEVEN_BYTES & PAIRS;
                zeros += numbers - Long.bitCount(set);
            }
        }
        for (; i < count; i++, at += width) {
            zeros += one(bytes, at, width) == 0 ? 1 : 0;
        }
        return zeros;
    }

    /** How many of {@code count} numbers lie within eight bytes each that the array has. */
    static int loadable(byte[] bytes, long bit, int width, int count) {
        long lastStart = ((long) bytes.length - Long.BYTES << 3) + 7;
        if (width > WIDEST_IN_A_LOAD || width == 0 || lastStart < bit) {
            return 0;
        }
        return (int) Math.min(count, (lastStart - bit) / width + 1);
    }

    /** One number of at most 64 bits, byte by byte. */
    static long one(byte[] bytes, long bit, int width) {
        long result = 0;
        long at = bit;
        int done = 0;
        while (done < width) {
            int shift = (int) at & 7;
            int take = Math.min(8 - shift, width - done);
            long part = (bytes[(int) (at >>> 3)] & 0xffL) >>> shift & (1 << take) - 1;
            result |= part << done;
            done += take;
            at += take;
        }
        return result;
    }
}
