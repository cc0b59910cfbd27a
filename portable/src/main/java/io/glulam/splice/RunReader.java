package io.glulam.splice;

import io.glulam.format.LittleEndian;

/**
 * Reads a stream of the RLE/bit-packing hybrid for verification, which checks with it what {@code HybridDecoder} and
 * {@code HybridEncoder} made: it shares no code with them. A stream that ends early reads as zeros. Not thread-safe.
 */
final class RunReader {
    private static final long FACTOR = 0x9e3779b97f4a7c15L;
    private static final long FACTOR_2 = power(2);
    private static final long FACTOR_3 = power(3);
    private static final long FACTOR_4 = power(4);
    /** Each pair of bits holds 1. */
    private static final long PAIRS = 0x5555555555555555L;

    private static final int[] SAME = new int[0];

    /** The rest of a word where the next value begins with the last bit of its first byte. */
    private static final int WORD_BITS = 57;

    private final byte[] source;
    private final int end;
    private final int width;
    private final long mask;
    private int position;
    private long left;
    private boolean repeated;
    private int value;
    /** Of the next value in a bit-packed run, counted from the start of {@code source}. */
    private long nextBit;

    RunReader(byte[] source, int from, int to, int width) {
        this.source = source;
        this.position = from;
        this.nextBit = (long) from << 3;
        this.end = to;
        this.width = width;
        this.mask = (1L << width) - 1;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= FACTOR;
        }
        return power;
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
                found += countPacked(run, wanted);
            }
            rest -= run;
        }
        return found;
    }

    /**
     * Whether the next {@code count} values are those that the next of {@code other} map to, which all have to be mapped.
     * Where it is not so, both have gone on by any number of values.
     *
     * @param entries how many values {@code mapping} maps
     */
    boolean sameAs(RunReader other, int count, int[] mapping, int entries) {
        int rest = count;
        while (rest > 0) {
            int run = nextRun(rest);
            int common = other.nextRun(run);
            left += run - common;
            if (!sameRun(other, common, mapping, entries)) {
                return false;
            }
            rest -= common;
        }
        return true;
    }

    private boolean sameRun(RunReader other, int run, int[] mapping, int entries) {
        if (other.repeated) {
            int expected = mapped(other.value, mapping, entries);
            return other.value >= 0
                    && other.value < entries
                    && (repeated ? value == expected : countPacked(run, expected) == run);
        }
        int rest = run;
        if (!repeated && Math.max(width, other.width) <= WORD_BITS / 4) {
            int fours = Math.min(fours(run), other.fours(run));
            if (!sameFours(other, fours, mapping, entries)) {
                return false;
            }
            rest -= 4 * fours;
        }
        for (; rest > 0; rest--) {
            int index = other.next();
            if (index < 0 || index >= entries || mapping[index] != (repeated ? value : next())) {
                return false;
            }
        }
        return true;
    }

    private boolean sameFours(RunReader other, int count, int[] mapping, int entries) {
        int low = (int) mask;
        int bits = width;
        int otherLow = (int) other.mask;
        int otherBits = other.width;
        long bit = nextBit;
        long otherBit = other.nextBit;
        int difference = 0;
        for (int i = 0; i < count; i++) {
            long word = LittleEndian.getLong(source, (int) (bit >>> 3)) >>> (bit & 7);
            long mapped = LittleEndian.getLong(other.source, (int) (otherBit >>> 3)) >>> (otherBit & 7);
            int a = (int) mapped & otherLow;
            int b = (int) (mapped >>> otherBits) & otherLow;
            int c = (int) (mapped >>> 2 * otherBits) & otherLow;
            int d = (int) (mapped >>> 3 * otherBits) & otherLow;
            if (a >= entries || b >= entries || c >= entries || d >= entries) {
                return false;
            }
            difference |= (mapping[a] ^ ((int) word & low))
                    | (mapping[b] ^ ((int) (word >>> bits) & low))
                    | (mapping[c] ^ ((int) (word >>> 2 * bits) & low))
                    | (mapping[d] ^ ((int) (word >>> 3 * bits) & low));
            bit += 4L * bits;
            otherBit += 4L * otherBits;
        }
        nextBit = bit;
        other.nextBit = otherBit;
        return difference == 0;
    }

    private int countPacked(int run, int wanted) {
        int found = 0;
        int rest = run;
        if (width == 1 || width == 2) {
            long pattern = width == 1 ? -(wanted & 1L) : PAIRS * (wanted & 3L);
            int values = WORD_BITS / width;
            for (; rest >= values && hasWord(); rest -= values) {
                long same = ~(word() ^ pattern);
                long matches = width == 1 ? same : same & same >>> 1 & PAIRS;
                found += Long.bitCount(matches << 64 - values * width);
                nextBit += (long) values * width;
            }
            found = wanted >>> width == 0 ? found : 0;
        }
        for (; rest > 0; rest--) {
            found += next() == wanted ? 1 : 0;
        }
        return found;
    }

    private static int mapped(int index, int[] mapping, int entries) {
        if (entries < 0) {
            return index;
        }
        return index >= 0 && index < entries ? mapping[index] : -1;
    }

    /** Returns the digest after {@code run} times the same value, without counting them one by one. */
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
        int rest = run;
        if (width <= WORD_BITS / 4) {
            int fours = fours(run);
            result = entries < 0 ? fours(result, fours) : mappedFours(result, fours, mapping, entries);
            rest -= 4 * fours;
        }
        for (; rest > 0; rest--) {
            result = result * FACTOR + mapped(next(), mapping, entries) + 1;
        }
        return result;
    }

    /** How often four of the next {@code run} values can be taken from eight bytes of the source. */
    private int fours(int run) {
        long wordsEnd = (end - 8L << 3) + 7;
        if (width == 0 || nextBit > wordsEnd) {
            return 0;
        }
        return (int) Math.min(run >>> 2, (wordsEnd - nextBit) / (4L * width) + 1);
    }

    // Four steps of "times the factor, plus the value", multiplied out so that none waits for the one before.

    private long fours(long digest, int count) {
        int low = (int) mask;
        int bits = width;
        long bit = nextBit;
        long result = digest;
        for (int i = 0; i < count; i++) {
            long word = LittleEndian.getLong(source, (int) (bit >>> 3)) >>> (bit & 7);
            int a = (int) word & low;
            int b = (int) (word >>> bits) & low;
            int c = (int) (word >>> 2 * bits) & low;
            int d = (int) (word >>> 3 * bits) & low;
            result = result * FACTOR_4 + (a + 1L) * FACTOR_3 + (b + 1L) * FACTOR_2 + (c + 1L) * FACTOR + d + 1;
            bit += 4L * bits;
        }
        nextBit = bit;
        return result;
    }

    private long mappedFours(long digest, int count, int[] mapping, int entries) {
        int low = (int) mask;
        int bits = width;
        long bit = nextBit;
        long result = digest;
        for (int i = 0; i < count; i++) {
            long word = LittleEndian.getLong(source, (int) (bit >>> 3)) >>> (bit & 7);
            int a = (int) word & low;
            int b = (int) (word >>> bits) & low;
            int c = (int) (word >>> 2 * bits) & low;
            int d = (int) (word >>> 3 * bits) & low;
            a = a < entries ? mapping[a] : -1;
            b = b < entries ? mapping[b] : -1;
            c = c < entries ? mapping[c] : -1;
            d = d < entries ? mapping[d] : -1;
            result = result * FACTOR_4 + (a + 1L) * FACTOR_3 + (b + 1L) * FACTOR_2 + (c + 1L) * FACTOR + d + 1;
            bit += 4L * bits;
        }
        nextBit = bit;
        return result;
    }

    private int next() {
        if (hasWord()) {
            int quick = (int) (word() & mask);
            nextBit += width;
            return quick;
        }
        int at = (int) (nextBit >>> 3);
        long word = 0;
        for (int i = 0; i < 5 && at + i < end; i++) {
            word |= (source[at + i] & 0xffL) << (8 * i);
        }
        int result = (int) (word >>> (nextBit & 7) & mask);
        nextBit += width;
        return result;
    }

    /** Whether there are eight bytes where the next value begins. */
    private boolean hasWord() {
        return nextBit >>> 3 <= end - 8;
    }

    /** At least {@link #WORD_BITS} bits from the next value on. */
    private long word() {
        return LittleEndian.getLong(source, (int) (nextBit >>> 3)) >>> (nextBit & 7);
    }

    /** Goes on in the current run or to the next; how many of {@code wanted} values it has. */
    private int nextRun(int wanted) {
        while (left == 0) {
            if (!repeated) {
                position = (int) (nextBit >>> 3);
            }
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
        nextBit = (long) position << 3;
        if (repeated) {
            value = 0;
            for (int i = 0; i < width; i += 8) {
                value |= (position < end ? source[position] & 0xff : 0) << i;
                position++;
            }
        }
    }
}
