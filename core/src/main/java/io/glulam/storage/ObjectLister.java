package io.glulam.storage;

import java.util.function.Predicate;

/** Finds objects. Thread-safe. */
public interface ObjectLister {
    /**
     * Hands over the objects whose keys begin with {@code prefix}, in the order of their keys.
     *
     * @param next takes an object; false ends the listing
     * @return what that asked of the store; nothing where listing is no request
     * @throws io.glulam.error.StorageFailed if the store does not tell
     */
    Traffic list(String prefix, Predicate<ObjectFacts> next);
}
