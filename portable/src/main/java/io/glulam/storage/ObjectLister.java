package io.glulam.storage;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds objects. Thread-safe. All methods throw {@link io.glulam.error.StorageFailed} if the store does not answer. */
public interface ObjectLister {
    /**
     * Returns what lists the store of an object.
     *
     * @throws Unsupported if nothing does
     */
    static ObjectLister of(ObjectRef object) {
        if (object.store() instanceof ObjectLister lister) {
            return lister;
        }
        throw new Unsupported(Place.of(object.name()), "its store cannot be listed");
    }

    /**
     * Hands over the objects whose keys begin with {@code prefix}, in the order of their keys ({@link KeyOrder}).
     *
     * @param after only keys after this one; empty for all
     * @param next takes an object; false ends the listing
     * @return the requests that this took; nothing where listing is no request
     */
    Traffic list(String prefix, String after, Predicate<ObjectFacts> next);

    /** As {@link #list(String, String, Predicate)}, from the first key on. */
    default Traffic list(String prefix, Predicate<ObjectFacts> next) {
        return list(prefix, "", next);
    }

    /**
     * The result of a search.
     *
     * @param key of the object that was found; null if there is none
     * @param traffic the requests that the search took
     */
    record Search(@Nullable String key, Traffic traffic) {}

    /** Tells whether there is an object under a key. */
    default Search find(String key) {
        boolean[] found = new boolean[1];
        Traffic traffic = list(key, first -> {
            found[0] = first.key().equals(key); // No key sorts before its own prefix.
            return false;
        });
        return new Search(found[0] ? key : null, traffic);
    }

    /**
     * The object under a key.
     *
     * @param facts of the object; null if there is none
     * @param traffic the requests that looking took
     */
    record Seen(@Nullable ObjectFacts facts, Traffic traffic) {}

    /** Looks at what is under a key. */
    default Seen see(String key) {
        @Nullable ObjectFacts[] found = new ObjectFacts[1];
        Traffic traffic = list(key, first -> {
            found[0] = first.key().equals(key) ? first : null;
            return false;
        });
        return new Seen(found[0], traffic);
    }

    /** Returns the facts of the object under a key; null if there is none. */
    default @Nullable ObjectFacts facts(String key) {
        return see(key).facts();
    }

    /**
     * Searches a folder for an object. A store whose folders exist of themselves looks at the folder itself, under its
     * key with the slash, and at what lies directly in it; one whose keys are flat looks at all keys that begin so.
     *
     * @param folder its key, which ends with a slash; empty for the store's root
     * @param limit objects that are looked at where looking takes requests
     * @param wanted tells by its key whether an object is the one
     */
    default Search search(String folder, int limit, Predicate<String> wanted) {
        @Nullable String[] found = new String[1];
        int[] seen = new int[1];
        Traffic traffic = list(folder, object -> {
            found[0] = wanted.test(object.key()) ? object.key() : null;
            return found[0] == null && ++seen[0] < limit;
        });
        return new Search(found[0], traffic);
    }

    /** Returns whether two keys lead to one object, which a store with links can have. */
    default boolean isSame(String key, String other) {
        return key.equals(other);
    }

    /**
     * Returns the keys under which an object lies: its own and, where the store has links, the one that they lead to.
     */
    default Set<String> locations(String key) {
        return Set.of(key);
    }
}
