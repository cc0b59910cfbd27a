package io.glulam.storage;

import java.nio.ByteBuffer;

/** An object pinned to one version, read at random. Thread-safe. */
public interface RangeReader extends AutoCloseable {
    /** The object's name, for messages. */
    String name();

    /** Bytes of the pinned version. */
    long size();

    /** What tells this version from every other one: an ETag; inode, size and modification time locally. */
    String version();

    /**
     * Fills {@code target} from {@code position} on.
     *
     * @throws io.glulam.error.CorruptFile if the object ends before
     * @throws io.glulam.error.SourceChanged if the object is no longer the pinned version, where the store tells
     * @throws io.glulam.error.StorageFailed if it cannot be read
     */
    void read(long position, ByteBuffer target);

    /**
     * Asks the store once more.
     *
     * @throws io.glulam.error.SourceChanged if the object under this name is no longer the pinned version
     */
    void checkUnchanged();

    @Override
    void close();
}
