package io.glulam.storage;

/**
 * An object's place; there need not be an object.
 *
 * @param store where it lies
 * @param key under which key; of a local file its path
 */
public record ObjectRef(ObjectStore store, String key) {
    /** Returns its name for people. */
    public String name() {
        return store.nameOf(key);
    }

    /** Returns its name as it means the same to every process, whatever folder one was started in. */
    public String fullName() {
        return store.fullNameOf(key);
    }

    /** Returns the object under another key of the same store. */
    public ObjectRef sibling(String otherKey) {
        return new ObjectRef(store, otherKey);
    }
}
