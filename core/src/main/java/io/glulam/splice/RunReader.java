package io.glulam.splice;

/**
 * Reads a stream of the RLE/bit-packing hybrid for verification, which checks with it what {@code HybridDecoder} and
 * {@code HybridEncoder} made: it shares no code with them. A stream that ends early reads as zeros. Not thread-safe.
 */
final class RunReader {
    private static final long FACTOR = 0x9e3779b97f4a7c15L;
    private static final int[] SAME = new int[0];

    private final byte[] source;
    private final int end;
    private final int width;
    private final long mask;
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
        this.mask = (1L << width) - 1;
    }

    /** {@code digest} continued with the next {@code count} values. */
    long digest(long digest, int count) {
        return digest(digest, count, SAME, -1);
    }

    /**
     * {@code digest} continued with what the next {@code count} values map to.
     *
     * @param entries how many values {@code mapping} maps, -1 for all to themselves; what it does not map counts as −1
     */
    long digest(long digest, int count, int[] mapping, int entries) {
        long result = digest;
        int rest = count;
        while (rest > 0) {
            int run = nextRun(rest);
            if (repeated) {
                result = repeat(result, mapped(value, mapping, entries), run);
            } else {
                result = packed(result, run, mapping, entries);
            }
            rest -= run;
        }
        return result;
    }

    /** How many of the next {@code count} values equal {@code wanted}. */
    int count(int count, int wanted) {
        int found = 0;
        int rest = count;
        while (rest > 0) {
            int run = nextRun(rest);
            if (repeated) {
                found += value == wanted ? run : 0;
            } else {
                for (int i = 0; i < run; i++) {
                    found += unpack() == wanted ? 1 : 0;
                }
            }
            rest -= run;
        }
        return found;
    }

    private static int mapped(int index, int[] mapping, int entries) {
        if (entries < 0) {
            return index;
        }
        return index >= 0 && index < entries ? mapping[index] : -1;
    }

    /** What {@code run} times the same value makes of a digest, without counting them one by one. */
    private static long repeat(long digest, int repeatedValue, int run) {
        long factor = FACTOR;
        long sum = 1;
        long totalFactor = 1;
        long totalSum = 0;
        for (int rest = run; rest > 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                totalSum = totalSum * factor + sum;
                totalFactor *= factor;
            }
            sum = sum * factor + sum;
            factor *= factor;
        }
        return digest * totalFactor + (repeatedValue + 1L) * totalSum;
    }

    private long packed(long digest, int run, int[] mapping, int entries) {
        long result = digest;
        byte[] bytes = source;
        long word = buffer;
        int available = bits;
        int at = position;
        for (int i = 0; i < run; i++) {
            while (available < width) {
                word |= (at < end ? bytes[at] & 0xffL : 0) << available;
                at++;
                available += 8;
            }
            int index = (int) (word & mask);
            word >>>= width;
            available -= width;
            if (entries >= 0) {
                index = index >= 0 && index < entries ? mapping[index] : -1;
            }
            result = result * FACTOR + index + 1;
        }
        buffer = word;
        bits = available;
        position = at;
        return result;
    }

    private int unpack() {
        while (bits < width) {
            buffer |= (position < end ? source[position] & 0xffL : 0) << bits;
            position++;
            bits += 8;
        }
        int result = (int) (buffer & mask);
        buffer >>>= width;
        bits -= width;
        return result;
    }

    /** Goes on in the current run or to the next; how many of {@code wanted} values it has. */
    private int nextRun(int wanted) {
        while (left == 0) {
            readHeader();
        }
        int taken = (int) Math.min(left, wanted);
        left -= taken;
        return taken;
    }

    private void readHeader() {
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
