package io.glulam.format;

/** The order of byte strings, byte by byte and unsigned; of two of which one begins with the other, the shorter is less. */
public final class UnsignedBytes {
    private UnsignedBytes() {}

    /** Compares two whole arrays. */
    public static int compare(byte[] left, byte[] right) {
        return compare(left, 0, left.length, right, 0, right.length);
    }

    /** Compares {@code left[leftFrom, leftFrom + leftLength)} with the same of {@code right}, eight bytes at a time. */
    public static int compare(byte[] left, int leftFrom, int leftLength, byte[] right, int rightFrom, int rightLength) {
        int common = Math.min(leftLength, rightLength);
        int i = 0;
        for (; i + Long.BYTES <= common; i += Long.BYTES) {
            long leftWord = LittleEndian.getLong(left, leftFrom + i);
            long rightWord = LittleEndian.getLong(right, rightFrom + i);
            if (leftWord != rightWord) {
                return Long.compareUnsigned(Long.reverseBytes(leftWord), Long.reverseBytes(rightWord));
            }
        }
        for (; i < common; i++) {
            if (left[leftFrom + i] != right[rightFrom + i]) {
                return Byte.compareUnsigned(left[leftFrom + i], right[rightFrom + i]);
            }
        }
        return leftLength - rightLength;
    }
}
