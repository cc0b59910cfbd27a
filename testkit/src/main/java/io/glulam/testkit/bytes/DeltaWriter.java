package io.glulam.testkit.bytes;

import java.util.Random;

/** Writes DELTA_BINARY_PACKED with block sizes of the writer's own choice and junk widths for absent miniblocks. */
final class DeltaWriter {
    private DeltaWriter() {}

    static byte[] write(long[] numbers, boolean is32Bit, Random random) {
        int miniblocks = 1 << random.nextInt(4);
        int miniblockSize = 32 * (1 + random.nextInt(3));
        int blockSize = 128 * ((miniblocks * miniblockSize + 127) / 128);
        // Both must divide: blocks of a multiple of 128, miniblocks of a multiple of 32.
        while (blockSize % miniblocks != 0 || blockSize / miniblocks % 32 != 0) {
            blockSize += 128;
        }
        miniblockSize = blockSize / miniblocks;
        ByteSink out = new ByteSink().putVarint(blockSize).putVarint(miniblocks).putVarint(numbers.length);
        out.putZigZag(numbers.length == 0 ? 0 : numbers[0]);
        for (int from = 1; from < numbers.length; from += blockSize) {
            long[] deltas = new long[Math.min(blockSize, numbers.length - from)];
            for (int i = 0; i < deltas.length; i++) {
                long delta = numbers[from + i] - numbers[from + i - 1];
                deltas[i] = is32Bit ? (int) delta : delta;
            }
            block(out, deltas, miniblocks, miniblockSize, is32Bit, random);
        }
        return out.bytes();
    }

    private static void block(
            ByteSink out, long[] deltas, int miniblocks, int miniblockSize, boolean is32Bit, Random random) {
        long min = Long.MAX_VALUE;
        for (long delta : deltas) {
            min = Math.min(min, delta);
        }
        out.putZigZag(min);
        ByteSink body = new ByteSink();
        for (int m = 0; m < miniblocks; m++) {
            int from = m * miniblockSize;
            if (from >= deltas.length) {
                out.putByte(random.nextInt(33));
                continue;
            }
            long[] packed = new long[miniblockSize];
            long bits = 0;
            for (int i = from; i < Math.min(from + miniblockSize, deltas.length); i++) {
                long above = deltas[i] - min;
                packed[i - from] = is32Bit ? above & 0xffffffffL : above;
                bits |= packed[i - from];
            }
            int width = 64 - Long.numberOfLeadingZeros(bits);
            out.putByte(width);
            body.putPacked(packed, width);
        }
        out.put(body.bytes());
    }
}
