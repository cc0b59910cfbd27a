package io.glulam.decode;

import io.glulam.format.LittleEndian;

/**
 * Numbers in encoding DELTA_BINARY_PACKED, many at a time: nothing is allocated by what the header claims, since a
 * block's bit widths lie in the page.
 */
final class DeltaNumbers {
    private final byte[] page;
    private final int to;
    private final boolean narrow;
    private final int miniblocks;
    private final int miniblockSize;
    private final long total;
    private int position;
    private long left;
    private long value;
    private long minDelta;
    private int widths;
    private int miniblock;
    private int leftInMiniblock;
    private int width;
    private long bit;

    /** @param narrow whether numbers are of 32 bits, so that sums wrap around there */
    DeltaNumbers(byte[] page, int from, int to, boolean narrow) {
        this.page = page;
        this.position = from;
        this.to = to;
        this.narrow = narrow;
        long blockSize = readVarint();
        long perBlock = readVarint();
        this.total = readVarint();
        if (blockSize <= 0
                || blockSize > Integer.MAX_VALUE
                || perBlock <= 0
                || blockSize % perBlock != 0
                || blockSize / perBlock % 8 != 0) {
            throw ValueDecoder.corrupt("delta blocks of " + blockSize + " values in " + perBlock + " miniblocks");
        }
        if (total < 0 || total > Integer.MAX_VALUE) {
            throw ValueDecoder.corrupt("delta blocks of " + Long.toUnsignedString(total) + " values in all");
        }
        this.miniblocks = (int) perBlock;
        this.miniblockSize = (int) (blockSize / perBlock);
        this.left = total;
        this.miniblock = miniblocks;
        this.value = total == 0 && position == to ? 0 : readZigzag();
    }

    /** The next {@code count} numbers. */
    void read(long[] target, int from, int count) {
        if (count > left) {
            throw ValueDecoder.corrupt("delta blocks of " + total + " values, fewer than their page");
        }
        int at = from;
        int end = from + count;
        if (left == total && at < end) {
            target[at++] = narrow ? (int) value : value;
        }
        while (at < end) {
            if (leftInMiniblock == 0) {
                nextMiniblock();
            }
            int taken = Math.min(leftInMiniblock, end - at);
            unpack(target, at, taken);
            leftInMiniblock -= taken;
            at += taken;
        }
        left -= count;
    }

    private void nextMiniblock() {
        if (miniblock == miniblocks) {
            minDelta = readZigzag();
            widths = position;
            if (miniblocks > to - position) {
                throw ValueDecoder.corrupt("a delta block that is cut off");
            }
            position += miniblocks;
            miniblock = 0;
        }
        width = page[widths + miniblock] & 0xff;
        miniblock++;
        long length = (long) (miniblockSize >>> 3) * width;
        if (width > Long.SIZE || length > to - position) {
            throw ValueDecoder.corrupt(
                    "a delta miniblock of " + length + " bytes, " + width + " bits each, does not fit its page");
        }
        bit = (long) position << 3;
        position += (int) length;
        leftInMiniblock = miniblockSize;
    }

    /** Sums wrap around, as the specification wants. */
    private void unpack(long[] target, int from, int count) {
        long sum = value;
        long least = minDelta;
        long at = bit;
        int i = from;
        int quick = from + BitUnpacker.loadable(page, at, width, count);
        long mask = (1L << width) - 1;
        for (; i < quick; i++, at += width) {
            sum += least + (LittleEndian.getLong(page, (int) (at >>> 3)) >>> (at & 7) & mask);
            target[i] = sum;
        }
        for (; i < from + count; i++, at += width) {
            sum += least + BitUnpacker.one(page, at, width);
            target[i] = sum;
        }
        if (narrow) {
            for (i = from; i < from + count; i++) {
                target[i] = (int) target[i];
            }
        }
        value = sum;
        bit = at;
    }

    /** Index after the last block of the numbers that begin at {@code from}; nothing is unpacked. */
    static int endOf(byte[] page, int from, int to) {
        DeltaNumbers numbers = new DeltaNumbers(page, from, to, true);
        for (long deltas = numbers.total - 1; deltas > 0; deltas -= numbers.miniblockSize) {
            numbers.nextMiniblock();
        }
        return numbers.position;
    }

    private long readZigzag() {
        long raw = readVarint();
        return raw >>> 1 ^ -(raw & 1);
    }

    private long readVarint() {
        long result = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position >= to) {
                throw ValueDecoder.corrupt("a delta header that is cut off");
            }
            byte next = page[position++];
            result |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return result;
            }
        }
        throw ValueDecoder.corrupt("a varint of more than ten bytes");
    }
}
