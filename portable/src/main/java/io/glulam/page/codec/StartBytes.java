package io.glulam.page.codec;

/** The common part of unpacking the beginning of a body. Stateless. */
final class StartBytes {
    private StartBytes() {}

    /**
     * Appends {@code length} bytes to what was unpacked, those from {@code offset} bytes before its end on. Where the
     * length is greater than the offset, the bytes repeat.
     */
    static void copy(byte[] target, int end, int offset, int length) {
        if (offset >= length) {
            System.arraycopy(target, end - offset, target, end, length);
            return;
        }
        for (int i = end; i < end + length; i++) {
            target[i] = target[i - offset];
        }
    }

    /** The number in {@code count} bytes, at most 8, the least significant first. */
    static long number(byte[] source, int from, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number |= (source[from + i] & 0xffL) << 8 * i;
        }
        return number;
    }
}
