package io.glulam.recode;

import io.glulam.format.LittleEndian;
import io.glulam.page.ByteArrayBuilder;

/**
 * Writes numbers in encoding DELTA_BINARY_PACKED, in blocks of 128 of four miniblocks, as every known writer does.
 * Differences wrap around. Not thread-safe.
 */
final class DeltaWriter {
    private static final int BLOCK = 128;
    private static final int MINIBLOCKS = 4;
    private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

    private final boolean narrow;
    private final long[] deltas = new long[BLOCK];
    private final int[] widths = new int[MINIBLOCKS];

    /** @param narrow whether numbers are of 32 bits, so that differences wrap around there */
    DeltaWriter(boolean narrow) {
        this.narrow = narrow;
    }

    /** Appends {@code count} numbers, sign-extended where they are narrow. */
    void write(long[] numbers, int count, ByteArrayBuilder out) {
        varint(BLOCK, out);
        varint(MINIBLOCKS, out);
        varint(count, out);
        zigzag(count == 0 ? 0 : numbers[0], out);
        for (int from = 1; from < count; from += BLOCK) {
            block(numbers, from, Math.min(BLOCK, count - from), out);
        }
    }

    private void block(long[] numbers, int from, int count, ByteArrayBuilder out) {
        long least = differences(numbers, from, count);
        zigzag(least, out);
        int miniblocks = (count + MINIBLOCK - 1) / MINIBLOCK;
        long mask = narrow ? 0xffff_ffffL : -1L;
        for (int k = 0; k < MINIBLOCKS; k++) {
            long all = 0;
            for (int i = k * MINIBLOCK; i < Math.min(count, (k + 1) * MINIBLOCK); i++) {
                long above = deltas[i] - least & mask;
                deltas[i] = above;
                all |= above;
            }
            widths[k] = Long.SIZE - Long.numberOfLeadingZeros(all);
            out.append(widths[k]);
        }
        // The last miniblock is written whole.
        java.util.Arrays.fill(deltas, count, miniblocks * MINIBLOCK, 0);
        for (int k = 0; k < miniblocks; k++) {
            pack(k * MINIBLOCK, widths[k], out);
        }
    }

    /** Fills {@link #deltas}; their least. */
    private long differences(long[] numbers, int from, int count) {
        long least = Long.MAX_VALUE;
        long previous = numbers[from - 1];
        for (int i = 0; i < count; i++) {
            long number = numbers[from + i];
            long delta = narrow ? (int) (number - previous) : number - previous;
            deltas[i] = delta;
            least = Math.min(least, delta);
            previous = number;
        }
        return least;
    }

    private void pack(int from, int width, ByteArrayBuilder out) {
        int length = MINIBLOCK / 8 * width;
        byte[] target = out.reserve(length + Long.BYTES);
        int position = out.size();
        long buffer = 0;
        int bits = 0;
        for (int i = from; i < from + MINIBLOCK; i++) {
            long number = deltas[i];
            buffer |= number << bits;
            int free = Long.SIZE - bits;
            bits += width;
            if (bits >= Long.SIZE) {
                LittleEndian.setLong(target, position, buffer);
                position += Long.BYTES;
                bits -= Long.SIZE;
                buffer = bits == 0 ? 0 : number >>> free;
            }
        }
        LittleEndian.setLong(target, position, buffer);
        out.advance(length);
    }

    private static void zigzag(long number, ByteArrayBuilder out) {
        varint(number << 1 ^ number >> 63, out);
    }

    private static void varint(long number, ByteArrayBuilder out) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            out.append((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.append((int) rest);
    }
}
