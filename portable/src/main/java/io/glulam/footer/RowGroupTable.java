package io.glulam.footer;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The facts that planning needs of every row group, as columns of primitives: 48 bytes a row group and, only where the footer is
 * held in memory, 4 a chunk. Grows with what was really found, not with what a list header claims.
 */
final class RowGroupTable {
    private static final int[] NO_POSITIONS = {};

    private final int leafCount;
    private final boolean findsChunks;
    private int size;
    private long[] rows = new long[16];
    private long[] compressedSize = new long[16];
    private long[] uncompressedSize = new long[16];
    private long[] start = new long[16];
    private long[] end = new long[16];
    /** Row groups follow one another without a gap: each ends where the next begins. */
    private int[] structPosition = new int[16];

    private int[] ordinal = new int[16];
    private final BitSet sorted = new BitSet();
    private int[] chunkPosition;
    private int chunks;

    /** @param findsChunks whether the place of every chunk's entry is kept */
    RowGroupTable(int leafCount, boolean findsChunks) {
        this.leafCount = leafCount;
        this.findsChunks = findsChunks;
        chunkPosition = findsChunks ? new int[Math.max(16, leafCount)] : NO_POSITIONS;
    }

    void addChunk(int position) {
        if (!findsChunks) {
            return;
        }
        if (chunks == chunkPosition.length) {
            chunkPosition = Arrays.copyOf(chunkPosition, chunks + (chunks >> 1));
        }
        chunkPosition[chunks++] = position;
    }

    void addRowGroup(
            long rowCount,
            long compressed,
            long uncompressed,
            long from,
            long to,
            int structFrom,
            int structTo,
            int position) {
        if (size + 1 == structPosition.length) {
            resize(size + (size >> 1));
        }
        rows[size] = rowCount;
        compressedSize[size] = compressed;
        uncompressedSize[size] = uncompressed;
        start[size] = from;
        end[size] = to;
        structPosition[size] = structFrom;
        ordinal[size] = position;
        size++;
        structPosition[size] = structTo;
    }

    /** Tells that the row group that will be added next has sorting columns. */
    void noteSorted() {
        sorted.set(size);
    }

    boolean isSorted(int rowGroup) {
        return sorted.get(check(rowGroup));
    }

    /** Gives up the room for more row groups. */
    void trim() {
        resize(size + 1);
    }

    private void resize(int capacity) {
        rows = Arrays.copyOf(rows, capacity);
        compressedSize = Arrays.copyOf(compressedSize, capacity);
        uncompressedSize = Arrays.copyOf(uncompressedSize, capacity);
        start = Arrays.copyOf(start, capacity);
        end = Arrays.copyOf(end, capacity);
        structPosition = Arrays.copyOf(structPosition, capacity);
        ordinal = Arrays.copyOf(ordinal, capacity);
    }

    int size() {
        return size;
    }

    long rows(int rowGroup) {
        return rows[check(rowGroup)];
    }

    long compressedSize(int rowGroup) {
        return compressedSize[check(rowGroup)];
    }

    long uncompressedSize(int rowGroup) {
        return uncompressedSize[check(rowGroup)];
    }

    long start(int rowGroup) {
        return start[check(rowGroup)];
    }

    long end(int rowGroup) {
        return end[check(rowGroup)];
    }

    int structPosition(int rowGroup) {
        return structPosition[check(rowGroup)];
    }

    int structEnd(int rowGroup) {
        return structPosition[check(rowGroup) + 1];
    }

    /** -1 if absent. */
    int ordinal(int rowGroup) {
        return ordinal[check(rowGroup)];
    }

    /** Whether {@link #chunkPosition} tells. */
    boolean findsChunks() {
        return findsChunks;
    }

    int chunkPosition(int rowGroup, int leaf) {
        if (leaf < 0 || leaf >= leafCount) {
            throw new IndexOutOfBoundsException("leaf " + leaf + " of " + leafCount);
        }
        return chunkPosition[check(rowGroup) * leafCount + leaf];
    }

    private int check(int rowGroup) {
        if (rowGroup < 0 || rowGroup >= size) {
            throw new IndexOutOfBoundsException("row group " + rowGroup + " of " + size);
        }
        return rowGroup;
    }
}
