package io.glulam.page;

import io.glulam.format.LittleEndian;

/**
 * Copies and compares short stretches of bytes, eight at a time: values are mostly so short that what the platform does
 * for long ones takes longer than the bytes. Stateless.
 */
public final class ByteStrings {
    private static final int LONG_ONE = 64;

    private ByteStrings() {}

    /**
     * Copies {@code length} bytes. Up to seven bytes after them in {@code target} may change as well, so what follows
     * there has to be written later.
     *
     * @throws IndexOutOfBoundsException if a range is not inside its array
     */
    public static void copy(byte[] source, int from, byte[] target, int to, int length) {
        int padded = length + 7 & ~7;
        if (length > LONG_ONE || from + padded > source.length || to + padded > target.length) {
            System.arraycopy(source, from, target, to, length);
            return;
        }
        for (int i = 0; i < length; i += Long.BYTES) {
            LittleEndian.setLong(target, to + i, LittleEndian.getLong(source, from + i));
        }
    }

    /**
     * Whether two stretches of {@code length} bytes are the same.
     *
     * @throws IndexOutOfBoundsException if a range is not inside its array
     */
    public static boolean equal(byte[] left, int leftFrom, byte[] right, int rightFrom, int length) {
        if (length < Long.BYTES && leftFrom + Long.BYTES <= left.length && rightFrom + Long.BYTES <= right.length) {
            long difference = LittleEndian.getLong(left, leftFrom) ^ LittleEndian.getLong(right, rightFrom);
            return (difference & (1L << (length << 3)) - 1) == 0;
        }
        if (length < Long.BYTES || length > LONG_ONE) {
            return java.util.Arrays.equals(left, leftFrom, leftFrom + length, right, rightFrom, rightFrom + length);
        }
        int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (LittleEndian.getLong(left, leftFrom + i) != LittleEndian.getLong(right, rightFrom + i)) {
                return false;
            }
        }
        return LittleEndian.getLong(left, leftFrom + last) == LittleEndian.getLong(right, rightFrom + last);
    }
}
