package io.glulam.storage;

/** Deletes objects. Thread-safe. */
public interface ObjectRemover {
    /**
     * Deletes an object; one that is not there counts as deleted.
     *
     * @throws io.glulam.error.StorageFailed if it cannot be deleted
     */
    void delete(String key);
}
