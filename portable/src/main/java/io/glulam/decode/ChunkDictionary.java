package io.glulam.decode;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.format.PhysicalType;
import java.util.Arrays;

/**
 * A column chunk's dictionary: its PLAIN entries in arrays, by index. Not to be written to. Not thread-safe, because
 * hashes are made when they are asked for.
 */
public final class ChunkDictionary {
    private static final int MAX_EMPTY_ENTRIES = 1 << 16;
    private static final long[] NO_NUMBERS = {};
    private static final int[] NO_STARTS = {};

    private final int count;
    private final long[] numbers;
    private final byte[] heap;
    private final int[] starts;
    private final int[] lengths;
    private long[] hashes = NO_NUMBERS;

    private ChunkDictionary(int count, long[] numbers, byte[] heap, int[] starts, int[] lengths) {
        this.count = count;
        this.numbers = numbers;
        this.heap = heap;
        this.starts = starts;
        this.lengths = lengths;
    }

    /**
     * Reads a dictionary page's body, which is copied.
     *
     * @throws CorruptFile if it does not hold {@code count} entries
     */
    static ChunkDictionary of(Leaf leaf, int count, byte[] page, int from, int length) {
        long needed = leaf.type() == PhysicalType.BOOLEAN
                ? (count + 7L) >>> 3
                : (long) count * (leaf.valueWidth() < 0 ? Integer.BYTES : leaf.valueWidth());
        if (needed > length) {
            throw corrupt("a dictionary of " + count + " entries in " + length + " bytes");
        }
        return switch (leaf.type()) {
            case BOOLEAN ->
                new ChunkDictionary(
                        count, NO_NUMBERS, Arrays.copyOfRange(page, from, from + length), NO_STARTS, NO_STARTS);
            case INT32, FLOAT -> ofNumbers(ints(page, from, count));
            case INT64, DOUBLE -> ofNumbers(longs(page, from, count));
            case INT96, FIXED_LEN_BYTE_ARRAY ->
                ofFixed(count, leaf.valueWidth(), Arrays.copyOfRange(page, from, from + (int) needed));
            case BYTE_ARRAY -> ofVariable(count, Arrays.copyOfRange(page, from, from + length));
        };
    }

    private static ChunkDictionary ofNumbers(long[] numbers) {
        return new ChunkDictionary(numbers.length, numbers, new byte[0], NO_STARTS, NO_STARTS);
    }

    private static long[] ints(byte[] page, int from, int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = LittleEndian.getInt(page, from + i * Integer.BYTES);
        }
        return numbers;
    }

    private static long[] longs(byte[] page, int from, int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = LittleEndian.getLong(page, from + i * Long.BYTES);
        }
        return numbers;
    }

    private static ChunkDictionary ofFixed(int count, int width, byte[] heap) {
        if (width == 0 && count > MAX_EMPTY_ENTRIES) {
            // Entries of no bytes take no room, so that nothing bounds the number that the header claims.
            throw corrupt("a dictionary of " + count + " entries of no bytes");
        }
        int[] starts = new int[count];
        int[] lengths = new int[count];
        Arrays.fill(lengths, width);
        for (int i = 0; i < count; i++) {
            starts[i] = i * width;
        }
        return new ChunkDictionary(count, NO_NUMBERS, heap, starts, lengths);
    }

    private static ChunkDictionary ofVariable(int count, byte[] heap) {
        int[] starts = new int[count];
        int[] lengths = new int[count];
        int position = 0;
        for (int i = 0; i < count; i++) {
            int length = heap.length - position < Integer.BYTES ? -1 : LittleEndian.getInt(heap, position);
            position += Integer.BYTES;
            if (length < 0 || length > heap.length - position) {
                throw corrupt("dictionary entry " + i + " does not fit its page");
            }
            starts[i] = position;
            lengths[i] = length;
            position += length;
        }
        return new ChunkDictionary(count, NO_NUMBERS, heap, starts, lengths);
    }

    /** Number of entries. */
    public int count() {
        return count;
    }

    /** The entries' bits where values are numbers. */
    public long[] numbers() {
        return numbers;
    }

    /** Where entries lie where values are bytes. */
    public byte[] heap() {
        return heap;
    }

    /** Where in the {@link #heap} each entry begins. */
    public int[] starts() {
        return starts;
    }

    /** How many bytes each entry has. */
    public int[] lengths() {
        return lengths;
    }

    /** The entries' hashes, where values are bytes. */
    public long[] hashes() {
        if (hashes.length < count) {
            hashes = new long[count];
            ValueHash.of(heap, starts, lengths, count, hashes);
        }
        return hashes;
    }

    /** Entry of a dictionary of booleans, which no writer is known to make. */
    long bit(int index) {
        return (heap[index >>> 3] & 0xffL) >>> (index & 7) & 1;
    }

    /** @throws CorruptFile if one of {@code indices} is none of an entry's */
    void check(int[] indices, int length) {
        int last = count - 1;
        int outside = 0;
        for (int i = 0; i < length; i++) {
            // Negative if the index is, or is past the last.
            outside |= indices[i] | last - indices[i];
        }
        if (outside < 0) {
            throw corrupt("a dictionary index past its " + count + " entries");
        }
    }

    static void gather(int[] from, int[] indices, int[] target, int length) {
        for (int i = 0; i < length; i++) {
            target[i] = from[indices[i]];
        }
    }

    static void gather(long[] from, int[] indices, long[] target, int length) {
        for (int i = 0; i < length; i++) {
            target[i] = from[indices[i]];
        }
    }

    private static CorruptFile corrupt(String problem) {
        return new CorruptFile(Place.UNKNOWN, problem);
    }
}
