package io.glulam.page;

/** The bytes of one source object, read at random into heap arrays. Thread-safe. */
public interface ByteSource {
    /** Name of the object, for messages. */
    String name();

    /** Number of bytes. */
    long size();

    /** Fills {@code length} bytes of {@code target} from {@code position} on, or fails. */
    void read(long position, byte[] target, int from, int length);
}
