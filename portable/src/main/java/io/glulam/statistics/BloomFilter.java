package io.glulam.statistics;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.LittleEndian;
import io.glulam.format.ThriftWriter;
import java.util.Arrays;

/**
 * A split-block bloom filter over xxHash values of PLAIN bytes, BYTE_ARRAY without length prefix (specification: Bloom
 * Filter). Not thread-safe while values are inserted.
 */
public final class BloomFilter {
    /** The rate of false positives that filters are sized for. */
    public static final double TARGET_FALSE_POSITIVE_RATE = 0.01;

    private static final int BLOCK_LENGTH = BloomFilterHeader.BLOCK_LENGTH;
    private static final int WORDS = 8;
    private static final int[] SALT = {
        0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
    };

    private final byte[] bitset;

    private BloomFilter(byte[] bitset) {
        this.bitset = bitset;
    }

    /**
     * An empty filter for {@code distinctCount} values at {@link #TARGET_FALSE_POSITIVE_RATE}, its length a power of
     * two from 32 bytes on.
     *
     * @param maximumLength bytes of the bitset that are not exceeded, whatever that does to the rate: at least 32
     */
    public static BloomFilter sizedFor(long distinctCount, int maximumLength) {
        return sizedFor(distinctCount, TARGET_FALSE_POSITIVE_RATE, maximumLength);
    }

    /** As {@link #sizedFor(long, int)}, at another rate of false positives. */
    public static BloomFilter sizedFor(long distinctCount, double falsePositiveRate, int maximumLength) {
        if (maximumLength < BLOCK_LENGTH) {
            throw new IllegalArgumentException("a bloom filter needs 32 bytes, not " + maximumLength);
        }
        int limit = Integer.highestOneBit(Math.min(maximumLength, BloomFilterHeader.MAX_BITSET_LENGTH));
        double bits = -WORDS * (double) distinctCount / Math.log(1 - Math.pow(falsePositiveRate, 1.0 / WORDS));
        int length = BLOCK_LENGTH;
        while (length < limit && length * 8.0 < bits) {
            length <<= 1;
        }
        return new BloomFilter(new byte[length]);
    }

    /**
     * Reads header and bitset.
     *
     * @param from first byte in {@code bytes}
     * @param to one past the last byte that may be read
     * @param base offset in the object of {@code bytes[0]}, for error messages
     * @throws CorruptFile if it is cut off or its numbers are impossible
     * @throws Unsupported if algorithm, hash or compression are unknown
     */
    public static BloomFilter parse(byte[] bytes, int from, int to, long base) {
        BloomFilterHeader header = BloomFilterHeader.parse(bytes, from, to, base);
        if (!header.isKnown()) {
            throw new Unsupported(Place.at(base + from), "a bloom filter of an unknown algorithm, hash or compression");
        }
        int start = from + header.length();
        if (header.bitsetLength() > to - start) {
            throw new CorruptFile(
                    Place.at(base + start),
                    "a bloom filter of " + header.bitsetLength() + " bytes where there are " + (to - start));
        }
        return new BloomFilter(Arrays.copyOfRange(bytes, start, start + header.bitsetLength()));
    }

    /** Bytes of the bitset. */
    public int bitsetLength() {
        return bitset.length;
    }

    /** Adds a value by its {@link XxHash64}. */
    public void insert(long hash) {
        int block = block(hash);
        int key = (int) hash;
        for (int i = 0; i < WORDS; i++) {
            int position = block + 4 * i;
            LittleEndian.setInt(bitset, position, LittleEndian.getInt(bitset, position) | mask(key, i));
        }
    }

    /** Whether a value of that {@link XxHash64} may have been added; false is certain. */
    public boolean mightContain(long hash) {
        int block = block(hash);
        int key = (int) hash;
        for (int i = 0; i < WORDS; i++) {
            if ((LittleEndian.getInt(bitset, block + 4 * i) & mask(key, i)) == 0) {
                return false;
            }
        }
        return true;
    }

    private int block(long hash) {
        long blocks = bitset.length / BLOCK_LENGTH;
        return (int) ((hash >>> 32) * blocks >>> 32) * BLOCK_LENGTH;
    }

    private static int mask(int key, int word) {
        return 1 << (key * SALT[word] >>> 27);
    }

    /** Adds everything that {@code other}, of the same length, may contain. */
    void unite(BloomFilter other) {
        for (int i = 0; i < bitset.length; i++) {
            bitset[i] |= other.bitset[i];
        }
    }

    /**
     * Returns the shortest filter of the same values whose rate of false positives is at most {@code rate}; this one if
     * there is none. Its length must be a power of two: two neighboring blocks then become one.
     */
    public BloomFilter folded(double rate) {
        BloomFilter shortest = this;
        while (shortest.bitset.length > BLOCK_LENGTH) {
            BloomFilter half = shortest.halved();
            if (half.falsePositiveRate() > rate) {
                break;
            }
            shortest = half;
        }
        return shortest;
    }

    /** A block's number is the hash's upper half times the number of blocks: half as many drop its lowest bit. */
    private BloomFilter halved() {
        byte[] half = new byte[bitset.length / 2];
        for (int block = 0; block < half.length; block += BLOCK_LENGTH) {
            for (int i = 0; i < BLOCK_LENGTH; i++) {
                half[block + i] = (byte) (bitset[2 * block + i] | bitset[2 * block + BLOCK_LENGTH + i]);
            }
        }
        return new BloomFilter(half);
    }

    BloomFilter copy() {
        return new BloomFilter(bitset.clone());
    }

    /**
     * The share of values never added that {@link #mightContain} would let through, from the bits that are set: exact
     * for evenly spread hashes.
     */
    public double falsePositiveRate() {
        double sum = 0;
        for (int block = 0; block < bitset.length; block += BLOCK_LENGTH) {
            double product = 1;
            for (int i = 0; i < WORDS; i++) {
                product *= Integer.bitCount(LittleEndian.getInt(bitset, block + 4 * i)) / 32.0;
            }
            sum += product;
        }
        int blocks = bitset.length / BLOCK_LENGTH;
        return sum / blocks;
    }

    /** Header and bitset as they stand in a file. */
    public byte[] toByteArray() {
        ThriftWriter writer = new ThriftWriter(BloomFilterHeader.MAX_LENGTH + bitset.length);
        BloomFilterHeader.write(writer, bitset.length);
        writer.writeRaw(bitset, 0, bitset.length);
        return writer.toByteArray();
    }
}
