package io.glulam.decode;

/** Levels in the deprecated encoding BIT_PACKED: from the most significant bit on, without runs. */
final class BitPackedLevels extends RunReader {
    private final byte[] bytes;
    private final long endBit;
    private final int width;
    private long bit;

    BitPackedLevels(byte[] bytes, int from, int to, int width) {
        this.bytes = bytes;
        this.bit = (long) from << 3;
        this.endBit = (long) to << 3;
        this.width = width;
    }

    @Override
    int next() {
        if (bit + width > endBit) {
            throw exhausted();
        }
        int value = 0;
        for (int i = 0; i < width; i++, bit++) {
            int current = bytes[(int) (bit >>> 3)] >> (7 - ((int) bit & 7));
            value = value << 1 | current & 1;
        }
        return value;
    }
}
