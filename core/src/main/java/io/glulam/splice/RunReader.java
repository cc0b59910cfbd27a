package io.glulam.splice;

/**
 * Reads a stream of the RLE/bit-packing hybrid value by value. Verification reads with this one what {@code
 * HybridDecoder} and {@code HybridEncoder} made, so it shares no code with them. Not thread-safe.
 */
final class RunReader {
    private final byte[] source;
    private final int end;
    private final int width;
    private int position;
    private long left;
    private boolean repeated;
    private int value;
    private long buffer;
    private int bits;

    RunReader(byte[] source, int from, int to, int width) {
        this.source = source;
        this.position = from;
        this.end = to;
        this.width = width;
    }

    /** The next value; zeros behind the end of the stream. */
    int next() {
        while (left == 0) {
            nextRun();
        }
        left--;
        if (repeated) {
            return value;
        }
        while (bits < width) {
            buffer |= (position < end ? source[position] & 0xffL : 0) << bits;
            position++;
            bits += 8;
        }
        int result = (int) (buffer & ((1L << width) - 1));
        buffer >>>= width;
        bits -= width;
        return result;
    }

    private void nextRun() {
        if (position >= end) {
            repeated = true;
            value = 0;
            left = Long.MAX_VALUE;
            return;
        }
        long header = 0;
        int shift = 0;
        while (position < end) {
            int next = source[position++];
            header |= (next & 0x7fL) << shift;
            shift += 7;
            if (next >= 0) {
                break;
            }
        }
        repeated = (header & 1) == 0;
        left = repeated ? header >>> 1 : (header >>> 1) * 8;
        buffer = 0;
        bits = 0;
        if (repeated) {
            value = 0;
            for (int i = 0; i < width; i += 8) {
                value |= (position < end ? source[position] & 0xff : 0) << i;
                position++;
            }
        }
    }
}
