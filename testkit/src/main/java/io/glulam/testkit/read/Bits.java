package io.glulam.testkit.read;

/** Bit-packed numbers in both bit orders of the specification. */
final class Bits {
    private Bits() {}

    static int widthOf(int maximum) {
        return 32 - Integer.numberOfLeadingZeros(maximum);
    }

    /** The number of {@code width} bits that begins at {@code bit}, least significant bit first. */
    static long leastSignificantFirst(byte[] data, long bit, int width) {
        long result = 0;
        int got = 0;
        while (got < width) {
            int shift = (int) (bit & 7);
            int take = Math.min(8 - shift, width - got);
            long part = ((data[(int) (bit >>> 3)] & 0xff) >>> shift) & ((1 << take) - 1);
            result |= part << got;
            got += take;
            bit += take;
        }
        return result;
    }

    /** Decodes the deprecated BIT_PACKED levels, most significant bit first. */
    static int[] mostSignificantFirst(ByteCursor in, int width, int count) {
        ByteCursor packed = in.take((int) (((long) count * width + 7) / 8));
        long first = 8L * packed.position();
        int[] result = new int[count];
        for (int i = 0; i < count; i++) {
            int value = 0;
            for (int b = 0; b < width; b++) {
                long bit = first + (long) i * width + b;
                value = value << 1 | (packed.array()[(int) (bit >>> 3)] >>> (7 - (bit & 7)) & 1);
            }
            result[i] = value;
        }
        return result;
    }
}
