package io.glulam.storage;

/**
 * An object's place.
 *
 * @param store where it lies
 * @param key under which key; of a local file its path
 */
public record StoredObject(ObjectStore store, String key) {
    /** Returns its name for people. */
    public String name() {
        return store.nameOf(key);
    }

    /** Returns its name as it means the same to every process, whatever folder one was started in. */
    public String fullName() {
        return store.fullNameOf(key);
    }

    /** Returns the object under another key of the same store. */
    public StoredObject sibling(String otherKey) {
        return new StoredObject(store, otherKey);
    }
}
