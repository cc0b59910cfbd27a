package io.glulam.storage;

/** Deletes objects. Thread-safe. */
public interface ObjectRemover {
    /**
     * Deletes an object; one that is not there counts as deleted.
     *
     * @return the requests that this took; nothing where deleting is no request
     * @throws io.glulam.error.StorageFailed if it cannot be deleted
     */
    Traffic delete(String key);

    /**
     * Deletes one version of an object; one that is not there counts as deleted. No store that is known makes deleting depend
     * on a version, so the version is checked just before, and a race is possible.
     *
     * @param version as {@link RangeReader#version}
     * @return the requests that this took; nothing where deleting is no request
     * @throws io.glulam.error.SourceChanged if another version is there; it stays
     * @throws io.glulam.error.StorageFailed if it cannot be deleted
     */
    Traffic delete(String key, long size, String version);

    /**
     * Deletes an object if its store can delete; one that is not there counts as deleted.
     *
     * @return the requests that this took
     * @throws io.glulam.error.StorageFailed if it cannot be deleted
     */
    static Traffic deleteIfAble(ObjectRef object) {
        return object.store() instanceof ObjectRemover remover ? remover.delete(object.key()) : Traffic.NONE;
    }
}
