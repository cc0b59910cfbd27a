package io.glulam.storage;

/**
 * Objects under keys, as far as a compaction needs them: pinned reads, and new objects that appear whole or not at all.
 * Listing ({@link ObjectLister}) and deleting ({@link ObjectRemover}) are interfaces of their own, so that whoever moves
 * bytes cannot remove any. Thread-safe; holds no connection that would have to be closed.
 *
 * <p>Failures are {@link io.glulam.error.StorageFailed}, its place the object's {@link #nameOf name}.
 */
public interface ObjectStore {
    /** The object's name for people and for arguments: a path, {@code s3://bucket/key}. */
    String nameOf(String key);

    /** What the store can do. */
    StoreCapabilities capabilities();

    /**
     * Pins the present version of an object.
     *
     * @throws io.glulam.error.StorageFailed if there is none, or it must not be read
     */
    RangeReader open(String key);

    /**
     * Starts a new object. Nothing is visible before {@link ObjectWriter#publish}.
     *
     * @throws io.glulam.error.StorageFailed if the store must not be written, or, where that can be told beforehand, the
     *     condition does not hold or the backup's name is taken
     * @throws io.glulam.error.Unsupported if {@code object} asks for what the store cannot keep
     */
    ObjectWriter create(String key, NewObject object);
}
