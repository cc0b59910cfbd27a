package io.glulam.storage;

import java.nio.ByteBuffer;

/**
 * A new object being written: invisible until {@link #publish}. {@code close} releases and, if nothing was published,
 * removes every trace. Not thread-safe, but {@link #read} may run beside {@link #append}.
 */
public interface ObjectWriter extends AutoCloseable {
    /** Returns the number of bytes written so far. */
    long position();

    /** Appends a literal; the buffer is drained and free again on return. */
    void append(ByteBuffer literal);

    /** Appends a range of a source, inside the store where the store can. */
    void copy(RangeReader source, long offset, long length);

    /** Reads back what was written before {@link #position()}; only after {@link #seal} unless {@link #readsBack}. */
    void read(long position, ByteBuffer target);

    /** Returns whether what was written can be read back while more is appended. */
    default boolean readsBack() {
        return true;
    }

    /**
     * Ends the writing: nothing is appended after that, and everything that was written can be read back. Once only.
     */
    default void seal() {}

    /** Makes the object durable and visible under its name, atomically. Once only. */
    void publish();

    /**
     * Returns whether {@link #copy} may leave the bytes in the store: they are not to be read back then, nor are they
     * this run's doing.
     */
    default boolean copiesInStore() {
        return false;
    }

    /**
     * Returns the version that {@link #publish} will make of what is written by now; empty where the store tells only
     * afterwards.
     */
    default String expectedVersion() {
        return "";
    }

    /** Returns the version that {@link #publish} made, as {@link RangeReader#version}; empty where it is not told. */
    default String publishedVersion() {
        return "";
    }

    /** Returns the requests to the store so far. */
    default Traffic traffic() {
        return Traffic.NONE;
    }

    @Override
    void close();
}
