package io.glulam.storage;

import java.nio.ByteBuffer;

/**
 * Holds bytes of an object temporarily, each under its position in the object. Ranges that were not written take no
 * room.
 * Reading and writing different ranges is thread-safe.
 */
public interface RangeSpool extends AutoCloseable {
    /** Makes spools when they are needed. */
    @FunctionalInterface
    interface Factory {
        /** Returns a new, empty spool. */
        RangeSpool create();
    }

    /** Keeps bytes. */
    void write(long position, ByteBuffer bytes);

    /** Fills {@code target} with bytes that were written. */
    void read(long position, ByteBuffer target);

    /** Removes everything. */
    @Override
    void close();
}
