package io.glulam.storage;

import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import java.time.Instant;

/**
 * Objects under keys, as far as a compaction needs them: pinned reads, and new objects that appear whole or not at all.
 * Listing ({@link ObjectLister}) and deleting ({@link ObjectRemover}) are interfaces of their own, so that code that moves
 * bytes cannot remove any. Thread-safe; holds no connection that would have to be closed.
 *
 * <p>Failures are {@link io.glulam.error.StorageFailed}, its place the object's {@link #nameOf name}.
 */
public interface ObjectStore {
    /** Returns the object's name for people and for arguments: a path, {@code s3://bucket/key}. */
    String nameOf(String key);

    /** Returns the object's name as it means the same to every process, whatever folder one was started in. */
    default String fullNameOf(String key) {
        return nameOf(key);
    }

    /** Returns the capabilities of the store. */
    StoreCapabilities capabilities();

    /**
     * Pins the present version of an object.
     *
     * @throws io.glulam.error.StorageFailed if there is none, or it must not be read
     */
    RangeReader open(String key);

    /**
     * Pins the present version of an object of which the size was told before.
     *
     * @param expectedSize as a listing told it; -1 if it is not known. It decides how much a store reads at once and need
     *     not be true
     * @throws io.glulam.error.StorageFailed as {@link #open(String)} does
     */
    default RangeReader open(String key, long expectedSize) {
        return open(key);
    }

    /**
     * Reads a version that was pinned before. Where reads can depend on the version, it asks nothing of the store yet.
     *
     * @throws io.glulam.error.SourceChanged if it is no longer there, where that is looked at now
     */
    default RangeReader reopen(String key, long size, String version) {
        RangeReader reader = open(key);
        if (!reader.version().equals(version)) {
            reader.close();
            throw new SourceChanged(
                    Place.of(nameOf(key)), "the file changed while it was read", "it was left as it is; run again");
        }
        return reader;
    }

    /**
     * Asks the store once more for an object of which no reader is open.
     *
     * @throws io.glulam.error.SourceChanged if the object under this key is no longer the version that was pinned before
     */
    default void requireUnchanged(String key, long size, String version) {
        try (RangeReader reader = reopen(key, size, version)) {
            reader.checkUnchanged();
        }
    }

    /** Makes the folder of a key, where objects can only be created in a folder that is there. */
    default void makeFolder(String key) {}

    /**
     * Removes what killed runs left of new objects beside a key, where a store shows such remains. Only for keys of which no
     * two runs have the same. What a living process still writes stays; a failure is none of the caller's.
     *
     * @param suffix at the end of the keys of such objects
     * @param before those that changed later stay
     */
    default void removeLeftovers(String key, String suffix, Instant before) {}

    /**
     * Starts a new object. Nothing is visible before {@link ObjectWriter#publish}.
     *
     * @throws io.glulam.error.StorageFailed if the store must not be written, or, where that can be told beforehand, the
     *     condition does not hold or the backup's name is taken
     * @throws io.glulam.error.Unsupported if {@code object} asks for what the store cannot keep
     */
    ObjectWriter create(String key, WriteRequest object);
}
