package io.glulam;

import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectLister.Seen;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A folder that keeps replaced inputs: each under the number of the lease under which it was replaced, and its whole name.
 * Thread-safe.
 */
final class KeptFiles {
    private final ObjectRef folder;

    /** @param folder its key ends with a slash */
    KeptFiles(ObjectRef folder) {
        this.folder = folder;
    }

    /** Returns the folder's name, wherever the run was started. */
    String name() {
        return folder.fullName();
    }

    /** Returns where an input is kept. */
    ObjectRef place(long fence, String name) {
        String path = name.replace("://", "/");
        return folder.sibling(
                folder.key() + String.format(Locale.ROOT, "%08d", fence) + (path.startsWith("/") ? "" : "/") + path);
    }

    /**
     * Copies an input here, if a run before has not done so.
     *
     * @return the requests that this took
     * @throws SourceChanged if the input is another version by now
     */
    Traffic keep(long fence, String name, ObjectRef object, ObjectFacts facts) {
        return copy(object, facts, place(fence, name));
    }

    /**
     * Copies an object to a name that is free, or that holds a copy of it already.
     *
     * @return the requests that this took
     * @throws SourceChanged if the object is another version by now
     * @throws StorageFailed if another object has the name
     */
    static Traffic copy(ObjectRef from, ObjectFacts facts, ObjectRef to) {
        Seen seen = to.store() instanceof ObjectLister lister ? lister.see(to.key()) : new Seen(null, Traffic.NONE);
        ObjectFacts there = seen.facts();
        if (there != null) {
            return seen.traffic().plus(requireSame(from, facts, to, there));
        }
        return seen.traffic().plus(copyTo(from, facts, to));
    }

    /**
     * Copies an object to a name that is free.
     *
     * @return the requests that this took
     * @throws SourceChanged if the object is another version by now
     * @throws StorageFailed if an object has the name
     */
    static Traffic copyTo(ObjectRef from, ObjectFacts facts, ObjectRef to) {
        try (BegunCopy copy = BegunCopy.of(from, facts, to)) {
            return copy.publish();
        }
    }

    /**
     * Requires that an object which has the name already holds the same bytes, as a run left it that died after
     * copying.
     */
    private static Traffic requireSame(ObjectRef from, ObjectFacts wanted, ObjectRef to, ObjectFacts there) {
        if (there.size() == wanted.size()) {
            try (RangeReader copied = from.store().open(from.key());
                    RangeReader found = to.store().open(to.key())) {
                if (Arrays.equals(digest(copied), digest(found))) {
                    return copied.traffic().plus(found.traffic());
                }
            }
        }
        throw new StorageFailed(
                StorageFailed.Kind.EXISTS, Place.of(to.name()), "another file has this name", "move it away");
    }

    private static byte[] digest(RangeReader reader) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            reader.transfer(0, reader.size(), (position, bytes) -> digest.update(bytes));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static @Nullable ObjectFacts facts(ObjectRef object) {
        return object.store() instanceof ObjectLister lister ? lister.facts(object.key()) : null;
    }
}
