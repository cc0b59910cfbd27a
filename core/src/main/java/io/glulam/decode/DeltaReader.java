package io.glulam.decode;

/**
 * Encoding DELTA_BINARY_PACKED, a number at a time: nothing is allocated by what the header claims but one block's bit
 * widths, which lie in the page.
 */
final class DeltaReader extends ValueReader {
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
    DeltaReader(byte[] page, int from, int to, boolean narrow) {
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
            throw corrupt("delta blocks of " + blockSize + " values in " + perBlock + " miniblocks");
        }
        if (total < 0 || total > Integer.MAX_VALUE) {
            throw corrupt("delta blocks of " + Long.toUnsignedString(total) + " values in all");
        }
        this.miniblocks = (int) perBlock;
        this.miniblockSize = (int) (blockSize / perBlock);
        this.left = total;
        this.miniblock = miniblocks;
        this.value = total == 0 && position == to ? 0 : readZigzag();
    }

    @Override
    long readBits() {
        if (left == 0) {
            throw corrupt("delta blocks of " + total + " values, fewer than their page");
        }
        if (left < total) {
            if (leftInMiniblock == 0) {
                nextMiniblock();
            }
            leftInMiniblock--;
            // Sums wrap around, as the specification wants.
            value += minDelta + unpack();
        }
        left--;
        return narrow ? (int) value : value;
    }

    private void nextMiniblock() {
        if (miniblock == miniblocks) {
            minDelta = readZigzag();
            widths = position;
            if (miniblocks > to - position) {
                throw corrupt("a delta block that is cut off");
            }
            position += miniblocks;
            miniblock = 0;
        }
        width = page[widths + miniblock] & 0xff;
        miniblock++;
        long length = (long) (miniblockSize >>> 3) * width;
        if (width > Long.SIZE || length > to - position) {
            throw corrupt("a delta miniblock of " + length + " bytes, " + width + " bits each, does not fit its page");
        }
        bit = (long) position << 3;
        position += (int) length;
        leftInMiniblock = miniblockSize;
    }

    private long unpack() {
        long result = 0;
        int done = 0;
        while (done < width) {
            int shift = (int) bit & 7;
            int take = Math.min(8 - shift, width - done);
            long part = (page[(int) (bit >>> 3)] & 0xffL) >>> shift & (1 << take) - 1;
            result |= part << done;
            done += take;
            bit += take;
        }
        return result;
    }

    /** Index behind the last block of the numbers that begin at {@code from}; nothing is unpacked. */
    static int endOf(byte[] page, int from, int to) {
        DeltaReader numbers = new DeltaReader(page, from, to, true);
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
                throw corrupt("a delta header that is cut off");
            }
            byte next = page[position++];
            result |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return result;
            }
        }
        throw corrupt("a varint of more than ten bytes");
    }
}
