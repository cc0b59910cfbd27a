package io.glulam.adapt;

import io.glulam.pipeline.Spool;
import java.nio.ByteBuffer;

/** Takes the bytes of made chunks and their indexes, one after the other, into a spool. For one thread at a time. */
public final class ChunkSink implements AutoCloseable {
    /** Where a chunk begins that lies alone: offset 0 stands for no offset. */
    public static final int FIRST_OFFSET = 4;

    private final Spool spool;
    private final long start;

    /** @param start the offset that the spool's first byte gets in the object which the chunks are part of */
    public ChunkSink(Spool spool, long start) {
        this.spool = spool;
        this.start = start;
    }

    /** Returns the offset that the next byte gets in the object. */
    public long position() {
        return start + spool.size();
    }

    /** Appends bytes; the array may be reused afterwards. */
    public void append(byte[] bytes, int from, int length) {
        spool.append(bytes, from, length);
    }

    /** Appends bytes; returns where in the object they lie. */
    public long append(byte[] bytes) {
        long position = position();
        append(bytes, 0, bytes.length);
        return position;
    }

    /** Fills {@code target} with bytes that were appended, from {@code position} in the object on. */
    public void read(long position, ByteBuffer target) {
        spool.read(position - start, target);
    }

    @Override
    public void close() {
        spool.close();
    }
}
