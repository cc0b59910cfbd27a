package io.glulam.decode;

/** Levels in the deprecated encoding BIT_PACKED: from the most significant bit on, without runs. */
final class BitPackedDecoder extends SmallNumberDecoder {
    private final byte[] bytes;
    private final long endBit;
    private final int width;
    private long bit;

    BitPackedDecoder(byte[] bytes, int from, int to, int width) {
        this.bytes = bytes;
        this.bit = (long) from << 3;
        this.endBit = (long) to << 3;
        this.width = width;
    }

    @Override
    void read(int[] target, int from, int count) {
        if (bit + (long) count * width > endBit) {
            throw exhausted();
        }
        for (int i = from; i < from + count; i++) {
            int value = 0;
            for (int k = 0; k < width; k++, bit++) {
                int current = bytes[(int) (bit >>> 3)] >> (7 - ((int) bit & 7));
                value = value << 1 | current & 1;
            }
            target[i] = value;
        }
    }
}
