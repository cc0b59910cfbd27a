package io.glulam.footer;

import java.util.Arrays;

/**
 * What planning needs of every row group, as columns of primitives: 52 bytes a row group and 4 a chunk. Grows with what
 * was really found, not with what a list header claims.
 */
final class RowGroupTable {
    private final int leafCount;
    private int size;
    private long[] rows = new long[16];
    private long[] compressedSize = new long[16];
    private long[] uncompressedSize = new long[16];
    private long[] start = new long[16];
    private long[] end = new long[16];
    private int[] structEnd = new int[16];
    private int[] structPosition = new int[16];
    private int[] ordinal = new int[16];
    private int[] chunkPosition;
    private int chunks;

    RowGroupTable(int leafCount) {
        this.leafCount = leafCount;
        chunkPosition = new int[Math.max(16, leafCount)];
    }

    void addChunk(int position) {
        if (chunks == chunkPosition.length) {
            chunkPosition = Arrays.copyOf(chunkPosition, chunks + (chunks >> 1));
        }
        chunkPosition[chunks++] = position;
    }

    void addRowGroup(
            long rowCount, long compressed, long uncompressed, long from, long to, ByteSpan struct, int position) {
        if (size == rows.length) {
            grow(size + (size >> 1));
        }
        rows[size] = rowCount;
        compressedSize[size] = compressed;
        uncompressedSize[size] = uncompressed;
        start[size] = from;
        end[size] = to;
        structPosition[size] = struct.from();
        structEnd[size] = struct.to();
        ordinal[size] = position;
        size++;
    }

    private void grow(int capacity) {
        rows = Arrays.copyOf(rows, capacity);
        compressedSize = Arrays.copyOf(compressedSize, capacity);
        uncompressedSize = Arrays.copyOf(uncompressedSize, capacity);
        start = Arrays.copyOf(start, capacity);
        end = Arrays.copyOf(end, capacity);
        structPosition = Arrays.copyOf(structPosition, capacity);
        structEnd = Arrays.copyOf(structEnd, capacity);
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
        return structEnd[check(rowGroup)];
    }

    /** -1 if absent. */
    int ordinal(int rowGroup) {
        return ordinal[check(rowGroup)];
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
