package io.glulam.join;

import io.glulam.adapt.ChunkAdapter.Adapted;
import io.glulam.adapt.ChunkSink;
import io.glulam.format.ColumnChunk;
import io.glulam.statistics.OffsetIndex;
import java.nio.ByteBuffer;

/**
 * A made column chunk, in a place of its own until those before it have their places in the tail. For one thread at a time.
 *
 * @param place holds the chunk alone
 * @param made its footer entry there
 */
record WaitingChunk(ChunkSink place, Adapted made) implements AutoCloseable {
    private static final int BLOCK = 64 << 10;

    private byte[] bytes(long position, int length) {
        byte[] bytes = new byte[length];
        place.read(position, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /**
     * Moves the chunk, its page index included, to the end of another sink.
     *
     * @param bloomFilter where its bloom filter lies there; 0 for none
     * @param bloomFilterLength −1 if unknown
     * @return the footer entry that it has there
     */
    ColumnChunk moveTo(ChunkSink target, long bloomFilter, int bloomFilterLength) {
        ColumnChunk chunk = made.chunk();
        long shift = target.position() - ChunkSink.FIRST_OFFSET;
        long pagesEnd = chunk.offsetIndexOffset() > 0
                ? chunk.offsetIndexOffset()
                : chunk.columnIndexOffset() > 0 ? chunk.columnIndexOffset() : place.position();
        for (long at = ChunkSink.FIRST_OFFSET; at < pagesEnd; at += BLOCK) {
            target.append(bytes(at, (int) Math.min(BLOCK, pagesEnd - at)));
        }
        long offsetsAt = 0;
        int offsetsLength = 0;
        if (chunk.offsetIndexOffset() > 0) {
            byte[] offsets = OffsetIndex.relocate(
                    bytes(chunk.offsetIndexOffset(), chunk.offsetIndexLength()), chunk.offsetIndexOffset(), shift);
            offsetsAt = target.append(offsets);
            offsetsLength = offsets.length;
        }
        long boundsAt = 0;
        int boundsLength = 0;
        if (chunk.columnIndexOffset() > 0) {
            boundsLength = chunk.columnIndexLength();
            boundsAt = target.append(bytes(chunk.columnIndexOffset(), boundsLength));
        }
        return chunk.shifted(shift)
                .withTail(bloomFilter, bloomFilterLength, offsetsAt, offsetsLength, boundsAt, boundsLength);
    }

    @Override
    public void close() {
        place.close();
    }
}
