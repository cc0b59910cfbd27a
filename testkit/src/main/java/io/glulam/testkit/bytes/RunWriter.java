package io.glulam.testkit.bytes;

import java.util.Arrays;
import java.util.Random;

/** Writes the RLE / bit-packing hybrid in a chosen style. */
final class RunWriter {
    private final int width;
    private final Random random;
    private final ByteSink out = new ByteSink();

    private RunWriter(int width, Random random) {
        this.width = width;
        this.random = random;
    }

    static byte[] write(int[] numbers, int width, RunStyle style, Random random) {
        RunWriter writer = new RunWriter(width, random);
        if (numbers.length > 0) {
            writer.write(numbers, style);
        }
        return writer.out.bytes();
    }

    /** The deprecated BIT_PACKED levels: most significant bit first. */
    static byte[] mostSignificantFirst(int[] numbers, int width) {
        byte[] packed = new byte[(numbers.length * width + 7) / 8];
        int bit = 0;
        for (int number : numbers) {
            for (int b = width - 1; b >= 0; b--, bit++) {
                packed[bit >>> 3] |= (byte) ((number >>> b & 1) << (7 - (bit & 7)));
            }
        }
        return packed;
    }

    private void write(int[] numbers, RunStyle style) {
        switch (style) {
            case USUAL -> usual(numbers);
            case BIT_PACKED -> bitPacked(numbers, 0, numbers.length, 0, false);
            case GARBAGE_PADDING -> bitPacked(numbers, 0, numbers.length, 0, true);
            case EXTRA_GROUPS -> bitPacked(numbers, 0, numbers.length, 1 + random.nextInt(3), true);
            case RUNS -> runs(numbers, 0);
            case OVERRUN -> runs(numbers, 1 + random.nextInt(10_000));
            case MIXED -> mixed(numbers);
            case CUT_PADDING -> {
                out.putVarint((numbers.length + 7L) / 8 << 1 | 1);
                out.putPacked(Arrays.stream(numbers).asLongStream().toArray(), width);
            }
        }
    }

    private void usual(int[] numbers) {
        int packedFrom = 0;
        int at = 0;
        while (at < numbers.length) {
            int run = runLength(numbers, at);
            if (run >= 8 && (at - packedFrom) % 8 == 0) {
                bitPacked(numbers, packedFrom, at, 0, false);
                run(numbers[at], run);
                at += run;
                packedFrom = at;
            } else {
                at++;
            }
        }
        bitPacked(numbers, packedFrom, numbers.length, 0, false);
    }

    private void runs(int[] numbers, int overrun) {
        for (int at = 0; at < numbers.length; ) {
            int run = runLength(numbers, at);
            boolean last = at + run == numbers.length;
            run(numbers[at], run + (last ? overrun : 0));
            at += run;
        }
    }

    private void mixed(int[] numbers) {
        for (int at = 0; at < numbers.length; ) {
            int packed = 8 * (1 + random.nextInt(4));
            if (random.nextBoolean() || packed > numbers.length - at) {
                int run = 1 + random.nextInt(runLength(numbers, at));
                run(numbers[at], run);
                at += run;
            } else {
                bitPacked(numbers, at, at + packed, 0, false);
                at += packed;
            }
        }
    }

    private static int runLength(int[] numbers, int from) {
        int to = from + 1;
        while (to < numbers.length && numbers[to] == numbers[from]) {
            to++;
        }
        return to - from;
    }

    private void run(int number, int count) {
        out.putVarint((long) count << 1).putLittleEndian(number, (width + 7) / 8);
    }

    private void bitPacked(int[] numbers, int from, int to, int extraGroups, boolean garbage) {
        if (from == to) {
            return;
        }
        int groups = (to - from + 7) / 8 + extraGroups;
        long[] padded = new long[8 * groups];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = from + i < to ? numbers[from + i] : garbage ? random.nextLong() : 0;
        }
        out.putVarint((long) groups << 1 | 1).putPacked(padded, width);
    }
}
