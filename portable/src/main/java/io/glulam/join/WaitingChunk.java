package io.glulam.join;

import io.glulam.adapt.ChunkSink;
import io.glulam.format.ColumnChunk;
import io.glulam.pipeline.Spool;
import io.glulam.statistics.OffsetIndex;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;

/**
 * The bytes of a made column chunk, in a place of their own until those before them have their places in the tail. For one
 * thread at a time.
 */
final class WaitingChunk implements ChunkSink, AutoCloseable {
    /** A chunk does not begin at offset 0, which stands for no offset. */
    private static final int START = 4;

    private static final int BLOCK = 64 << 10;

    private final Spool spool;

    /**
     * @param memoryLimit bytes that wait in memory
     * @param spools makes places for more
     */
    WaitingChunk(int memoryLimit, RangeSpool.Factory spools) {
        this.spool = new Spool(memoryLimit, spools);
    }

    @Override
    public long position() {
        return START + spool.size();
    }

    @Override
    public void append(byte[] bytes, int from, int length) {
        spool.append(bytes, from, length);
    }

    @Override
    public void read(long position, ByteBuffer target) {
        spool.read(position - START, target);
    }

    private byte[] bytes(long position, int length) {
        byte[] bytes = new byte[length];
        spool.read(position - START, bytes, 0, length);
        return bytes;
    }

    /**
     * Moves the chunk, its page index included, to the end of another sink.
     *
     * @param chunk the footer entry that it has here
     * @param bloomFilter where its bloom filter lies there; 0 for none
     * @param bloomFilterLength −1 if unknown
     * @return the footer entry that it has there
     */
    ColumnChunk moveTo(ChunkSink target, ColumnChunk chunk, long bloomFilter, int bloomFilterLength) {
        long shift = target.position() - START;
        long pagesEnd = chunk.offsetIndexOffset() > 0
                ? chunk.offsetIndexOffset()
                : chunk.columnIndexOffset() > 0 ? chunk.columnIndexOffset() : position();
        for (long at = START; at < pagesEnd; at += BLOCK) {
            append(target, bytes(at, (int) Math.min(BLOCK, pagesEnd - at)));
        }
        long offsetsAt = 0;
        int offsetsLength = 0;
        if (chunk.offsetIndexOffset() > 0) {
            byte[] offsets = bytes(chunk.offsetIndexOffset(), chunk.offsetIndexLength());
            offsetsAt = target.position();
            offsetsLength = append(target, OffsetIndex.relocate(offsets, chunk.offsetIndexOffset(), shift));
        }
        long boundsAt = 0;
        int boundsLength = 0;
        if (chunk.columnIndexOffset() > 0) {
            boundsAt = target.position();
            boundsLength = append(target, bytes(chunk.columnIndexOffset(), chunk.columnIndexLength()));
        }
        return chunk.shifted(shift)
                .withTail(bloomFilter, bloomFilterLength, offsetsAt, offsetsLength, boundsAt, boundsLength);
    }

    private static int append(ChunkSink target, byte[] bytes) {
        target.append(bytes, 0, bytes.length);
        return bytes.length;
    }

    @Override
    public void close() {
        spool.close();
    }
}
