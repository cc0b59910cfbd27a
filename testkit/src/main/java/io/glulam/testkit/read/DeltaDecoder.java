package io.glulam.testkit.read;

/** DELTA_BINARY_PACKED: reads one whole sequence and leaves the cursor behind it. */
final class DeltaDecoder {
    private static final int MAX_SEQUENCE = 1 << 28;

    private DeltaDecoder() {}

    static long[] decode(ByteCursor in) {
        long blockSize = in.nextVarint();
        long miniblocks = in.nextVarint();
        long total = in.nextVarint();
        long value = in.nextZigZag();
        if (blockSize <= 0 || miniblocks <= 0 || blockSize > 1 << 24 || blockSize % miniblocks != 0) {
            throw new MalformedFile("delta block of " + blockSize + " values in " + miniblocks + " miniblocks");
        }
        if (total < 0 || total > MAX_SEQUENCE) {
            throw new MalformedFile("delta sequence of " + total + " values");
        }
        long[] result = new long[(int) total];
        int done = 0;
        if (total > 0) {
            result[done++] = value;
        }
        int miniblockSize = (int) (blockSize / miniblocks);
        while (done < total) {
            long minDelta = in.nextZigZag();
            ByteCursor widths = in.take((int) miniblocks);
            for (int m = 0; m < miniblocks && done < total; m++) {
                int width = widths.nextByte();
                done = miniblock(in, width, miniblockSize, minDelta, result, done);
            }
        }
        return result;
    }

    private static int miniblock(ByteCursor in, int width, int size, long minDelta, long[] result, int from) {
        if (width > 64) {
            throw new MalformedFile("delta bit width " + width);
        }
        int wanted = Math.min(size, result.length - from);
        long full = ((long) size * width + 7) / 8;
        long needed = ((long) wanted * width + 7) / 8;
        // As for run lengths: padding at the very end of a page may be cut off.
        ByteCursor packed = in.take((int) Math.min(full, Math.max(needed, in.remaining())));
        long bit = 8L * packed.position();
        for (int i = 0; i < wanted; i++) {
            long delta = Bits.leastSignificantFirst(packed.array(), bit, width);
            result[from + i] = result[from + i - 1] + minDelta + delta;
            bit += width;
        }
        return from + wanted;
    }
}
