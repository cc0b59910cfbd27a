package io.glulam.page;

import io.glulam.format.Encoding;

/**
 * The repetition levels of a data page, without the length prefix of version 1. A row begins where the level is 0.
 *
 * @param bytes that hold them; not to be changed
 * @param from first byte
 * @param length in bytes
 * @param encoding RLE or BIT_PACKED
 * @param width bits of a level
 * @param count how many levels: the page's values, nulls included
 */
@SuppressWarnings("ArrayRecordComponent")
public record RepetitionLevels(byte[] bytes, int from, int length, Encoding encoding, int width, int count) {
    /**
     * How many rows begin in the page.
     *
     * @throws io.glulam.error.CorruptFile if there are fewer levels
     */
    public int rows() {
        return zeros(count);
    }

    /**
     * Whether the page begins at the beginning of a row.
     *
     * @throws io.glulam.error.CorruptFile if there are no levels
     */
    public boolean startsRow() {
        return zeros(1) == 1;
    }

    private int zeros(int levels) {
        return encoding == Encoding.BIT_PACKED
                ? zerosOfBitPacked(levels)
                : HybridDecoder.count(bytes, from, from + length, width, levels, 0);
    }

    /** From the most significant bit on, without runs; {@link LevelReader} has checked the length. */
    private int zerosOfBitPacked(int levels) {
        int zeros = 0;
        long bit = (long) from << 3;
        for (int i = 0; i < levels; i++) {
            int level = 0;
            for (int k = 0; k < width; k++, bit++) {
                level |= bytes[(int) (bit >>> 3)] >>> 7 - (int) (bit & 7) & 1;
            }
            zeros += level == 0 ? 1 : 0;
        }
        return zeros;
    }
}
