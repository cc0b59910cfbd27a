package io.glulam.adapt;

import java.nio.ByteBuffer;

/** Takes the bytes of made chunks and their indexes, one after the other. */
public interface ChunkSink {
    /** Returns the offset that the next byte gets in the object which the chunk is part of. */
    long position();

    /** Appends bytes; the array may be reused afterwards. */
    void append(byte[] bytes, int from, int length);

    /** Fills {@code target} with bytes that were appended, from {@code position} in that object on. */
    void read(long position, ByteBuffer target);
}
