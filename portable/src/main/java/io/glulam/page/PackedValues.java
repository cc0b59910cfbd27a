package io.glulam.page;

import io.glulam.format.LittleEndian;

/**
 * Bit-packed values, eight of them in as many bytes as one has bits. Where the array holds them, eight bytes are loaded
 * at once; what lies after the values is masked away. Stateless.
 */
final class PackedValues {
    private PackedValues() {}

    /** Unpacks {@code count} values of {@code width} bits, 0 to 32, from {@code source[from]} on. */
    static void unpack(byte[] source, int from, int width, int[] target, int targetFrom, int count) {
        int groups = width > 16 ? 0 : Math.min(count >>> 3, (source.length - from - 8) / Math.max(1, width));
        if (groups > 0 && width <= 8) {
            unpackNarrow(source, from, width, target, targetFrom, groups);
        } else if (groups > 0) {
            // The second half of a group begins up to eight bytes later.
            groups = Math.min(groups, (source.length - from - 16) / width);
            unpackWide(source, from, width, target, targetFrom, groups);
        }
        int done = Math.max(0, groups) << 3;
        unpackWords(source, from + (done >>> 3) * width, width, target, targetFrom + done, count - done);
    }

    /** Groups of eight values that fit a long. */
    private static void unpackNarrow(byte[] source, int from, int width, int[] target, int targetFrom, int groups) {
        int mask = (1 << width) - 1;
        int position = from;
        int end = targetFrom + (groups << 3);
        for (int i = targetFrom; i < end; i += 8) {
            long word = LittleEndian.getLong(source, position);
            target[i] = (int) word & mask;
            target[i + 1] = (int) (word >>> width) & mask;
            target[i + 2] = (int) (word >>> 2 * width) & mask;
            target[i + 3] = (int) (word >>> 3 * width) & mask;
            target[i + 4] = (int) (word >>> 4 * width) & mask;
            target[i + 5] = (int) (word >>> 5 * width) & mask;
            target[i + 6] = (int) (word >>> 6 * width) & mask;
            target[i + 7] = (int) (word >>> 7 * width) & mask;
            position += width;
        }
    }

    /** Groups whose halves, of four values, fit a long each. */
    private static void unpackWide(byte[] source, int from, int width, int[] target, int targetFrom, int groups) {
        int mask = (1 << width) - 1;
        int half = width >>> 1;
        int shift = (width & 1) << 2;
        int position = from;
        int end = targetFrom + (groups << 3);
        for (int i = targetFrom; i < end; i += 8) {
            long first = LittleEndian.getLong(source, position);
            target[i] = (int) first & mask;
            target[i + 1] = (int) (first >>> width) & mask;
            target[i + 2] = (int) (first >>> 2 * width) & mask;
            target[i + 3] = (int) (first >>> 3 * width) & mask;
            long second = LittleEndian.getLong(source, position + half) >>> shift;
            target[i + 4] = (int) second & mask;
            target[i + 5] = (int) (second >>> width) & mask;
            target[i + 6] = (int) (second >>> 2 * width) & mask;
            target[i + 7] = (int) (second >>> 3 * width) & mask;
            position += width;
        }
    }

    private static void unpackWords(byte[] source, int from, int width, int[] target, int targetFrom, int count) {
        long mask = (1L << width) - 1;
        long buffer = 0;
        int bits = 0;
        int position = from;
        for (int i = targetFrom; i < targetFrom + count; i++) {
            while (bits < width) {
                buffer |= (source[position++] & 0xffL) << bits;
                bits += 8;
            }
            target[i] = (int) (buffer & mask);
            buffer >>>= width;
            bits -= width;
        }
    }

    /**
     * Packs the values {@code [from, to)} of {@code width} bits, the last group padded with zeros, from
     * {@code target[position]} on; up to 8 bytes after them are overwritten as well.
     */
    static void pack(int[] values, int from, int to, int width, byte[] target, int position) {
        int at = position;
        int next = from;
        if (width <= 8) {
            for (; to - next >= 8; next += 8) {
                LittleEndian.setLong(
                        target, at, four(values, next, width) | four(values, next + 4, width) << 4 * width);
                at += width;
            }
        } else if (width < 16) {
            int bits = 4 * width;
            for (; to - next >= 8; next += 8) {
                long second = four(values, next + 4, width);
                LittleEndian.setLong(target, at, four(values, next, width) | second << bits);
                LittleEndian.setLong(target, at + 8, second >>> 64 - bits);
                at += width;
            }
        }
        packWords(values, next, to, width, target, at);
    }

    private static long four(int[] values, int from, int width) {
        return (values[from] & 0xffffffffL)
                | (long) values[from + 1] << width
                | (long) values[from + 2] << 2 * width
                | (long) values[from + 3] << 3 * width;
    }

    private static void packWords(int[] values, int from, int to, int width, byte[] target, int position) {
        int at = position;
        int stop = position + (to - from + 7 >>> 3) * width;
        long buffer = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            long value = values[i] & 0xffffffffL;
            buffer |= value << bits;
            bits += width;
            if (bits >= Long.SIZE) {
                LittleEndian.setLong(target, at, buffer);
                at += Long.BYTES;
                bits -= Long.SIZE;
                // Of this value, what did not fit the word.
                buffer = bits == 0 ? 0 : value >>> width - bits;
            }
        }
        while (at < stop) {
            LittleEndian.setLong(target, at, buffer);
            at += Long.BYTES;
            buffer = 0;
        }
    }

    /** How many of {@code count} values of {@code width} bits equal {@code wanted}; nothing is materialised. */
    static int countEqual(byte[] source, int from, int width, int count, int wanted) {
        if (width > 0 && width < 32 && wanted >>> width != 0) {
            return 0;
        }
        if (width != 1 && width != 2 && width != 4) {
            return countSlowly(source, from, width, 0, count, wanted);
        }
        // Levels, nearly always: none lies across two bytes, so that a whole word is compared at once.
        int words = (int) Math.min((long) count * width >>> 6, source.length - from >>> 3);
        long pattern = repeated(wanted, width);
        int found = 0;
        for (int i = 0; i < words; i++) {
            found += Long.bitCount(equalFields(LittleEndian.getLong(source, from + (i << 3)) ^ pattern, width));
        }
        int done = (int) (((long) words << 6) / width);
        return found + countSlowly(source, from, width, done, count, wanted);
    }

    private static long repeated(int value, int width) {
        long pattern = value;
        for (int bits = width; bits < 64; bits *= 2) {
            pattern |= pattern << bits;
        }
        return pattern;
    }

    /** One bit for each field of {@code width} bits that is all zeros. */
    private static long equalFields(long difference, int width) {
        long any = difference;
        if (width == 4) {
            any |= any >>> 2;
        }
        if (width > 1) {
            any |= any >>> 1;
        }
        return ~any & (width == 1 ? -1L : width == 2 ? 0x5555555555555555L : 0x1111111111111111L);
    }

    private static int countSlowly(byte[] source, int from, int width, int first, int end, int wanted) {
        long mask = (1L << width) - 1;
        int found = 0;
        for (int i = first; i < end; i++) {
            long bit = (long) i * width;
            int start = from + (int) (bit >>> 3);
            long word = 0;
            for (int k = 0; k < 5 && start + k < source.length; k++) {
                word |= (source[start + k] & 0xffL) << (8 * k);
            }
            found += (int) (word >>> (bit & 7) & mask) == wanted ? 1 : 0;
        }
        return found;
    }
}
