package io.glulam;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import io.glulam.local.DiskSpool;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectMover;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.WriteRequest;
import java.nio.file.Path;

/** The old bytes that an in-place compaction leaves beside the file, and the way back to them. */
public final class Backups {
    /** The suffix that is used where none is named. */
    public static final String DEFAULT_SUFFIX = ".bak";

    private Backups() {}

    /** As {@link #of(ObjectRef, String)}, for a local file. */
    public static Path of(Path file, String suffix) {
        return Path.of(of(LocalStore.object(file), suffix).key());
    }

    /**
     * Returns where the backup of an object lies: beside it, under its key followed by {@code suffix}. A symbolic link
     * stands for the file that it points to.
     *
     * @throws IllegalArgumentException if the suffix is empty or holds a slash
     */
    public static ObjectRef of(ObjectRef object, String suffix) {
        requireSuffix(suffix);
        String key = object.store() instanceof ObjectMover mover ? mover.resolved(object.key()) : object.key();
        return object.sibling(key + suffix);
    }

    /**
     * Refuses a suffix that would not name an object in the same folder.
     *
     * @throws IllegalArgumentException if the suffix is empty, or would lead to another folder
     */
    public static void requireSuffix(String suffix) {
        if (suffix.isEmpty() || suffix.indexOf('/') >= 0 || suffix.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("a backup suffix is not empty and holds no slash");
        }
    }

    /** As {@link #restore(ObjectRef, String)}, for a local file. */
    public static Path restore(Path file, String suffix) {
        return Path.of(restore(LocalStore.object(file), suffix).key());
    }

    /**
     * Brings a backup back: the object holds the old bytes again, the backup is gone. The object's present bytes are lost;
     * it need not exist. Where the store can rename, this is one atomic step; otherwise the backup is copied over the
     * object, then deleted.
     *
     * @return the backup that was brought back
     * @throws StorageFailed if there is no backup, or it must not be moved; the object is as it was then
     */
    public static ObjectRef restore(ObjectRef object, String suffix) {
        ObjectRef backup = of(object, suffix);
        try {
            if (object.store() instanceof ObjectMover mover) {
                mover.move(backup.key(), mover.resolved(object.key()));
            } else if (object.store() instanceof ObjectRemover remover) {
                copy(backup, object);
                remover.delete(backup.key());
            } else {
                throw new StorageFailed(Place.of(object.name()), "its store deletes nothing, so no backup", null);
            }
            return backup;
        } catch (StorageFailed failure) {
            if (failure.kind() == StorageFailed.Kind.MISSING
                    && backup.name().equals(failure.place().object())) {
                String name = backup.key().substring(backup.key().lastIndexOf('/') + 1);
                throw new StorageFailed(
                        Place.of(object.name()),
                        "there is no backup " + name + " beside it",
                        Remedy.SAME_BACKUP_SUFFIX.text());
            }
            throw failure;
        }
    }

    private static void copy(ObjectRef backup, ObjectRef object) {
        try (RangeReader reader = backup.store().open(backup.key())) {
            WriteRequest wanted = new WriteRequest(
                    new PublishCondition.Replace(), reader.size(), reader, null, null, DiskSpool.IN_SYSTEM_FOLDER);
            try (ObjectWriter writer = object.store().create(object.key(), wanted)) {
                writer.copy(reader, 0, reader.size());
                writer.publish();
            }
        }
    }
}
