package io.glulam.footer;

import io.glulam.format.ColumnChunk;

/**
 * Where a kept column chunk and what belongs to it lie in the new file. Offsets and lengths are bytes. What the source
 * does not have cannot be added; what is 0 here is left out.
 *
 * @param shift new minus old offset of the chunk's pages
 * @param bloomFilterOffset 0 if the new file has none
 * @param offsetIndexOffset 0 if the new file has none
 * @param columnIndexOffset 0 if the new file has none
 * @param surplus bytes by which {@code total_compressed_size} is larger than the chunk's pages; 0 to keep it
 * @param withoutBounds whether bounds of the chunk are left out of its statistics
 */
public record ChunkMove(
        long shift,
        long bloomFilterOffset,
        long offsetIndexOffset,
        int offsetIndexLength,
        long columnIndexOffset,
        int columnIndexLength,
        long surplus,
        boolean withoutBounds) {
    /** A move of a chunk whose size is kept. */
    public ChunkMove(
            long shift,
            long bloomFilterOffset,
            long offsetIndexOffset,
            int offsetIndexLength,
            long columnIndexOffset,
            int columnIndexLength) {
        this(
                shift,
                bloomFilterOffset,
                offsetIndexOffset,
                offsetIndexLength,
                columnIndexOffset,
                columnIndexLength,
                0,
                false);
    }

    /** This move without the bounds of the chunk and its pages. */
    public ChunkMove withoutClaimedBounds() {
        return new ChunkMove(shift, bloomFilterOffset, offsetIndexOffset, offsetIndexLength, 0, 0, surplus, true);
    }

    /** The chunk stays where it is, and so do its indexes and its bloom filter. */
    public static ChunkMove stay(ColumnChunk chunk) {
        return new ChunkMove(
                0,
                Math.max(0, chunk.bloomFilterOffset()),
                Math.max(0, chunk.offsetIndexOffset()),
                chunk.offsetIndexLength(),
                Math.max(0, chunk.columnIndexOffset()),
                chunk.columnIndexLength());
    }
}
