package io.glulam.page;

import java.util.Arrays;

/**
 * Encodes levels and dictionary indices as the RLE/bit-packing hybrid (the specification's {@code RLE} encoding).
 * Stateless and deterministic.
 */
public final class HybridEncoder {
    private static final int GROUP = 8;
    /** 63 groups: a bit-packed run's header stays one byte, as other writers have it. */
    private static final int MAX_PACKED = 63 * GROUP;

    private HybridEncoder() {}

    /** Appends {@code count} values of {@code width} bits; the last bit-packed group is padded with zeros. */
    public static void encode(int[] values, int from, int count, int width, ByteArrayBuilder out) {
        int end = from + count;
        int start = from;
        while (start < end) {
            int run = runLength(values, start, end);
            if (run >= GROUP) {
                out.appendVarint(run << 1);
                appendValue(values[start], width, out);
                start += run;
                continue;
            }
            int stop = packedEnd(values, start, end);
            pack(values, start, stop, width, out);
            start = stop;
        }
    }

    /** Appends {@code count} times the same value, as {@link #encode} would. */
    public static void encodeSame(int value, int count, int width, ByteArrayBuilder out) {
        if (count >= GROUP) {
            out.appendVarint(count << 1);
            appendValue(value, width, out);
        } else {
            int[] values = new int[count];
            Arrays.fill(values, value);
            encode(values, 0, count, width, out);
        }
    }

    /** Appends everything as one bit-packed run, for readers that expect just that. */
    public static void encodePacked(int[] values, int from, int count, int width, ByteArrayBuilder out) {
        packRun(values, from, from + count, width, out);
    }

    private static int runLength(int[] values, int start, int end) {
        int value = values[start];
        int i = start + 1;
        while (i < end && values[i] == value) {
            i++;
        }
        return i - start;
    }

    /** End of the literal that begins at {@code start}: whole groups, up to where a run of a group or more begins. */
    private static int packedEnd(int[] values, int start, int end) {
        int stop = start;
        while (stop < end && (stop == start || runAtLeast(values, stop, end) < GROUP)) {
            stop = Math.min(end, stop + GROUP);
        }
        return stop;
    }

    private static int runAtLeast(int[] values, int start, int end) {
        int value = values[start];
        int bound = Math.min(end, start + GROUP);
        int i = start + 1;
        while (i < bound && values[i] == value) {
            i++;
        }
        return i - start;
    }

    private static void pack(int[] values, int from, int to, int width, ByteArrayBuilder out) {
        for (int start = from; start < to; start += MAX_PACKED) {
            packRun(values, start, Math.min(to, start + MAX_PACKED), width, out);
        }
    }

    private static void packRun(int[] values, int from, int to, int width, ByteArrayBuilder out) {
        int groups = (to - from + GROUP - 1) / GROUP;
        out.appendVarint(groups << 1 | 1);
        int length = Math.multiplyExact(groups, width);
        PackedValues.pack(values, from, to, width, out.reserve(length + 8), out.size());
        out.advance(length);
    }

    private static void appendValue(int value, int width, ByteArrayBuilder out) {
        for (int shift = 0; shift < width; shift += 8) {
            out.append(value >>> shift);
        }
    }
}
