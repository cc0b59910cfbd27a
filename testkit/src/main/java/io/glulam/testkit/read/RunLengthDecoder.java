package io.glulam.testkit.read;

import java.util.Arrays;

/** The RLE / bit-packing hybrid. Decodes exactly the numbers asked for and ignores padding behind them. */
final class RunLengthDecoder {
    private RunLengthDecoder() {}

    static int[] decode(ByteCursor in, int width, int count) {
        if (width < 0 || width > 32) {
            throw new MalformedFile("RLE bit width " + width);
        }
        int[] result = new int[count];
        int done = 0;
        // Zero bits carry no information, so a missing run header is harmless there.
        while (done < count && width > 0) {
            long header = in.nextVarint();
            if ((header & 1) == 0) {
                int run = (int) Math.min(header >>> 1, count - done);
                int value = (int) in.nextLittleEndian((width + 7) / 8);
                Arrays.fill(result, done, done + run, value);
                done += run;
            } else {
                done += bitPacked(in, header >>> 1, width, result, done);
            }
        }
        return result;
    }

    private static int bitPacked(ByteCursor in, long groups, int width, int[] result, int from) {
        if (groups > Integer.MAX_VALUE) {
            throw new MalformedFile("bit-packed run of " + groups + " groups");
        }
        int wanted = (int) Math.min(groups * 8, result.length - from);
        long needed = ((long) wanted * width + 7) / 8;
        // The padding of the last group may be cut off; the numbers wanted may not.
        long present = Math.min(groups * width, Math.max(needed, in.remaining()));
        ByteCursor packed = in.take((int) Math.min(present, Integer.MAX_VALUE));
        long bit = 8L * packed.position();
        for (int i = 0; i < wanted; i++) {
            result[from + i] = (int) Bits.leastSignificantFirst(packed.array(), bit, width);
            bit += width;
        }
        return wanted;
    }
}
