package io.glulam.decode;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive triplets of one column in arrays, refilled by {@link BatchReader}: levels one per triplet, values one per
 * triplet that has one. The arrays belong to the batch and may be longer than what counts; what they hold is valid
 * until the next refill. Not thread-safe.
 */
public final class ColumnBatch {
    /** Most triplets of a batch: its arrays fit the processor's nearest caches. */
    public static final int CAPACITY = 4096;

    private static final int[] NO_LEVELS = {};

    private final boolean holdsBytes;
    private final int[] repetitionLevels;
    private final int[] definitionLevels;
    private final long[] numbers;
    private final int[] starts;
    private final int[] lengths;
    private int[] indices = NO_LEVELS;
    private long[] hashes = {};
    private byte[] heap = {};
    private byte[] ownHeap = {};
    private @Nullable ChunkDictionary dictionary;
    private boolean plain;
    private boolean gathered;
    private boolean hashed;
    private int count;
    private int valueCount;
    private int rowCount;

    /** A batch for that column's triplets. */
    public ColumnBatch(Leaf leaf) {
        holdsBytes = holdsBytes(leaf.type());
        repetitionLevels = leaf.maxRepetitionLevel() == 0 ? NO_LEVELS : new int[CAPACITY];
        definitionLevels = leaf.maxDefinitionLevel() == 0 ? NO_LEVELS : new int[CAPACITY];
        numbers = new long[holdsBytes ? 0 : CAPACITY];
        starts = new int[holdsBytes ? CAPACITY : 0];
        lengths = new int[holdsBytes ? CAPACITY : 0];
    }

    /** Whether values of that type are bytes ({@link #heap}) rather than {@link #numbers}. */
    public static boolean holdsBytes(PhysicalType type) {
        return switch (type) {
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> true;
            default -> false;
        };
    }

    /** Triplets; 0 only before the first refill and at the end. */
    public int count() {
        return count;
    }

    /** Triplets that have a value. */
    public int valueCount() {
        return valueCount;
    }

    /** Triplets that begin a row. */
    public int rowCount() {
        return rowCount;
    }

    /** {@link #count} levels; empty if the column is not repeated. */
    public int[] repetitionLevels() {
        return repetitionLevels;
    }

    /** {@link #count} levels; empty if the column is required throughout. */
    public int[] definitionLevels() {
        return definitionLevels;
    }

    /** Whether the values are bytes rather than numbers. */
    public boolean holdsBytes() {
        return holdsBytes;
    }

    /** {@link #valueCount} values' bits: INT32 and FLOAT sign-extended, BOOLEAN 0 or 1. */
    public long[] numbers() {
        gather();
        return numbers;
    }

    /** Where values of BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY and INT96 lie; not to be written to. */
    public byte[] heap() {
        gather();
        return heap;
    }

    /** Where in the {@link #heap} each of {@link #valueCount} values begins. */
    public int[] starts() {
        gather();
        return starts;
    }

    /** How many bytes each of {@link #valueCount} values has. */
    public int[] lengths() {
        gather();
        return lengths;
    }

    /**
     * Whether the values are bytes that lie in the {@link #heap} as in encoding PLAIN, one after the other, those of
     * BYTE_ARRAY after their lengths of four bytes.
     */
    public boolean isPlain() {
        return plain;
    }

    /** {@link #valueCount} hashes of values that are bytes, as {@link ValueHash} gives them. */
    public long[] hashes() {
        if (!hashed) {
            hash();
            hashed = true;
        }
        return hashes;
    }

    /** The dictionary that {@link #indices} refer to; null if the values came without. */
    public @Nullable ChunkDictionary dictionary() {
        return dictionary;
    }

    /** {@link #valueCount} indices into the {@link #dictionary}, where there is one. */
    public int[] indices() {
        return indices;
    }

    private void gather() {
        ChunkDictionary entries = dictionary;
        if (entries == null || gathered) {
            return;
        }
        gathered = true;
        if (holdsBytes) {
            heap = entries.heap();
            ChunkDictionary.gather(entries.starts(), indices, starts, valueCount);
            ChunkDictionary.gather(entries.lengths(), indices, lengths, valueCount);
        } else {
            ChunkDictionary.gather(entries.numbers(), indices, numbers, valueCount);
        }
    }

    private void hash() {
        if (hashes.length == 0) {
            hashes = new long[CAPACITY];
        }
        ChunkDictionary entries = dictionary;
        if (entries != null) {
            ChunkDictionary.gather(entries.hashes(), indices, hashes, valueCount);
        } else {
            ValueHash.of(heap, starts, lengths, valueCount, hashes);
        }
    }

    /** Empties it, for the next refill. */
    void clear() {
        count = 0;
        valueCount = 0;
        rowCount = 0;
        dictionary = null;
        plain = false;
        gathered = false;
        hashed = false;
    }

    /** The result of a refill. */
    void set(int triplets, int values, int rows) {
        count = triplets;
        valueCount = values;
        rowCount = rows;
    }

    /** To be filled with values that are numbers. */
    long[] numbersToFill() {
        return numbers;
    }

    /** To be filled with starts of values within {@code bytes}. */
    int[] startsToFill(byte[] bytes) {
        heap = bytes;
        return starts;
    }

    /** To be filled with starts of values within {@code bytes}, which hold them in encoding PLAIN. */
    int[] plainStartsToFill(byte[] bytes) {
        plain = true;
        return startsToFill(bytes);
    }

    int[] lengthsToFill() {
        return lengths;
    }

    /** An array of at least {@code size} bytes that is the batch's own. */
    byte[] heapToFill(int size) {
        if (ownHeap.length < size) {
            ownHeap = new byte[size];
        }
        return ownHeap;
    }

    /** To be filled with indices into {@code entries}. */
    int[] indicesToFill(ChunkDictionary entries) {
        if (indices.length == 0) {
            indices = new int[CAPACITY];
        }
        dictionary = entries;
        return indices;
    }
}
