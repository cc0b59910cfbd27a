package io.glulam.storage;

/**
 * An object's place.
 *
 * @param store where it lies
 * @param key under which key; of a local file its path
 */
public record StoredObject(ObjectStore store, String key) {
    /** Its name for people. */
    public String name() {
        return store.nameOf(key);
    }

    /** The object under another key of the same store. */
    public StoredObject sibling(String otherKey) {
        return new StoredObject(store, otherKey);
    }
}
