package io.glulam.adapt;

/** Takes the bytes of made chunks and their indexes, one after the other. */
public interface ChunkSink {
    /** Returns the offset that the next byte gets in the object which the chunk is part of. */
    long position();

    /** Appends bytes; the array may be reused afterwards. */
    void append(byte[] bytes, int from, int length);
}
