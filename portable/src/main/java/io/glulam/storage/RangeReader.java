package io.glulam.storage;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An object pinned to one version, read at random. Thread-safe. */
public interface RangeReader extends AutoCloseable {
    /** Returns the object's name, for messages. */
    String name();

    /** Returns the size of the pinned version in bytes. */
    long size();

    /** Returns what tells this version from every other one: an ETag; inode, size and modification time locally. */
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

    /**
     * Hands over a range from its begin to its end, in one request where reads are requests.
     *
     * @param sink takes the bytes; a buffer is free again when it returns
     * @throws RuntimeException as {@link #read} does
     */
    default void transfer(long position, long length, Sink sink) {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, 256 << 10));
        for (long done = 0; done < length; done += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), length - done));
            read(position + done, buffer);
            sink.accept(position + done, buffer.flip());
        }
    }

    /** Takes bytes of an object. */
    @FunctionalInterface
    interface Sink {
        /** Takes all that {@code bytes} has left, which lies at {@code position}. */
        void accept(long position, ByteBuffer bytes);
    }

    /**
     * Hands over the objects that hold a range, in order: this one, unless it is put together from others.
     *
     * @param use takes a reader and a range in it; the reader may be closed when it returns
     */
    default void locate(long position, long length, Located use) {
        use.accept(this, position, length);
    }

    /** Takes a range of an object. */
    @FunctionalInterface
    interface Located {
        /** Takes {@code length} bytes of {@code reader} from {@code position} on. */
        void accept(RangeReader reader, long position, long length);
    }

    /**
     * Hands over where in stores a range lies, in order; this object's own version, unless it is put together from others.
     *
     * @param use takes null for bytes that lie in no store that copies
     */
    default void versions(long position, long length, VersionedRange use) {
        use.accept(stored(), position, length);
    }

    /** Takes a range of a version. */
    @FunctionalInterface
    interface VersionedRange {
        /** Takes {@code length} bytes of {@code object} from {@code offset} on. */
        void accept(@Nullable ObjectVersion object, long offset, long length);
    }

    /** Returns whether a store holds all of its data, so that the store can copy it. */
    @SuppressWarnings("ReferenceEquality") // A store is itself; two of one bucket may differ in their credentials.
    default boolean liesIn(ObjectStore store) {
        ObjectVersion object = stored();
        return object != null && object.store() == store;
    }

    /**
     * Returns whether it is put together from several objects, so that a copy of all its bytes would hold more than its
     * data.
     */
    default boolean isAssembled() {
        return false;
    }

    /**
     * Returns whether a row group follows another one than in the object that it lies in, or follows none there: so it
     * is where this is put together from several objects.
     */
    default boolean followsOtherObject(int rowGroup) {
        return false;
    }

    /**
     * Returns the writer of the file that a row group comes from, where this is put together from files of several
     * writers; null if it is the writer that the footer names.
     */
    default @Nullable StatedWriter writer(int rowGroup) {
        return null;
    }

    /**
     * Returns the bytes between two column chunks of a kept row group up to which copying them along is cheaper than
     * two copies; 0 where they may be columns that were left out.
     */
    default int copiedGap() {
        return 64 << 10;
    }

    /** Returns whether every read is a request over a network: then callers read in few, large ranges. */
    default boolean isRemote() {
        return false;
    }

    /**
     * Returns the bytes that a request could transfer in the time until its answer begins; 0 where reads are no
     * requests.
     */
    default long requestBytes() {
        return isRemote() ? StoreCapabilities.USUAL_REQUEST_BYTES : 0;
    }

    /** Returns the bytes that are best read at once where a page header is looked for. */
    default int headerWindow() {
        return 4096;
    }

    /**
     * Returns the bytes of a footer that does not fit the memory which a caller that goes through its columns holds, so that it
     * passes over the footer once for several columns. More is held where passing over it takes requests.
     */
    default int footerReadAhead() {
        return 1 << 20;
    }

    /** Tells that a range will be read piece by piece, so that it can be fetched in one request first. */
    default void willRead(long position, long length) {}

    /**
     * Returns the offset from which on the object's bytes are at hand, so that reading them asks nothing of the store.
     */
    default long heldFrom() {
        return size();
    }

    /** Returns the reader that asks the store; this one, unless it only stands before that. */
    default RangeReader origin() {
        return this;
    }

    /** Returns the version that the store can copy ranges of; null if these bytes lie in no store that copies. */
    default @Nullable ObjectVersion stored() {
        return null;
    }

    /** Returns what the object has besides its bytes; may ask the store. */
    default ObjectAttributes attributes() {
        return ObjectAttributes.NONE;
    }

    /** Returns the requests to the store so far. */
    default Traffic traffic() {
        return Traffic.NONE;
    }

    @Override
    void close();
}
