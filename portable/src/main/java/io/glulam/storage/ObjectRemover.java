package io.glulam.storage;

/** Deletes objects. Thread-safe. */
public interface ObjectRemover {
    /**
     * Deletes an object; one that is not there counts as deleted.
     *
     * @throws io.glulam.error.StorageFailed if it cannot be deleted
     */
    void delete(String key);

    /**
     * Deletes one version of an object; one that is not there counts as deleted. No store that is known makes deleting depend
     * on a version, so it is looked at just before, which leaves a moment open.
     *
     * @param version as {@link RangeReader#version}
     * @throws io.glulam.error.SourceChanged if another version is there; it stays
     * @throws io.glulam.error.StorageFailed if it cannot be deleted
     */
    void delete(String key, long size, String version);
}
