package io.glulam.fuzz;

import io.glulam.error.GlulamException;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridDecoder;
import io.glulam.page.HybridEncoder;
import java.util.Arrays;

/**
 * Streams of the RLE/bit-packing hybrid: refused or decoded, counted as they were decoded, and the same when encoded and
 * decoded again.
 */
public final class RunsTarget {
    private static final int MAX_VALUES = 3_000;

    private RunsTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Draws draws = new Draws(input);
        int width = draws.nextInt(33);
        int count = draws.nextInt(MAX_VALUES);
        byte[] stream = draws.rest();
        int[] values = new int[count];
        try {
            HybridDecoder.decode(stream, 0, stream.length, width, values, 0, count);
        } catch (GlulamException refused) {
            return;
        }
        int wanted = count == 0 ? 0 : values[count / 2];
        long expected = Arrays.stream(values).filter(value -> value == wanted).count();
        int counted = HybridDecoder.count(stream, 0, stream.length, width, count, wanted);
        if (counted != expected) {
            throw new Mismatch("counted " + counted + " times " + wanted + ", decoded " + expected + " times");
        }
        requireSame(values, width, false);
        requireSame(values, width, true);
    }

    private static void requireSame(int[] values, int width, boolean packed) {
        ByteArrayBuilder out = new ByteArrayBuilder(64);
        if (packed) {
            HybridEncoder.encodePacked(values, 0, values.length, width, out);
        } else {
            HybridEncoder.encode(values, 0, values.length, width, out);
        }
        int[] again = new int[values.length];
        HybridDecoder.decode(out.array(), 0, out.size(), width, again, 0, again.length);
        if (!Arrays.equals(values, again)) {
            throw new Mismatch("other values when encoded and decoded again, width " + width);
        }
    }
}
