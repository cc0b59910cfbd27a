package io.glulam.s3;

import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import io.glulam.s3.client.ObjectHead;
import io.glulam.s3.client.RequestCounter;
import io.glulam.storage.ObjectAttributes;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the object that is about to be replaced, under another key: copied inside the store, attributes and all.
 */
final class Backup {
    private final S3Store store;
    private final @Nullable String key;

    private Backup(S3Store store, @Nullable String key) {
        this.store = store;
        this.key = key;
    }

    /**
     * Refuses a key that is taken, unless a run that was killed has kept something there.
     *
     * @return whether it is taken
     */
    static boolean isTaken(S3Store store, WriteRequest object, RequestCounter counter) {
        String backup = object.backup();
        ObjectHead found = backup == null ? null : store.reads().head(backup, counter);
        if (backup == null || found == null) {
            return false;
        }
        String version = object.condition() instanceof PublishCondition.Unchanged unchanged
                ? unchanged.source().version()
                : backedUp(found); // Which version is replaced shows when this is published.
        requireBackupOf(version, found, store, backup);
        return true;
    }

    /** Returns a version as it stands in metadata, where not every store keeps quotes. */
    private static String mark(String version) {
        return version.replace("\"", "");
    }

    private static @Nullable String backedUp(ObjectHead backup) {
        return backup.attributes().metadata().get(NewAttributes.BACKUP_OF);
    }

    private static void requireBackupOf(
            @Nullable String version, @Nullable ObjectHead found, S3Store store, String backup) {
        if (version == null || found == null || !mark(version).equals(backedUp(found))) {
            throw new StorageFailed(
                    store.bucket().place(backup), "the object exists", Remedy.OTHER_BACKUP_SUFFIX.text());
        }
    }

    /**
     * Copies what is under {@code replaced} if a backup is wanted and there is something.
     *
     * @param taken whether something is under the backup's key, which must be a backup of this version then
     */
    static Backup keep(S3Store store, String replaced, WriteRequest object, boolean taken, RequestCounter counter) {
        String backup = object.backup();
        ObjectHead old = backup == null ? null : store.reads().head(replaced, counter);
        if (backup == null || old == null) {
            return new Backup(store, null);
        }
        if (taken) {
            // It may be another run's that is still alive, so this one never takes it back.
            requireBackupOf(old.etag(), store.reads().head(backup, counter), store, backup);
            return new Backup(store, null);
        }
        RangeReader source = object.condition() instanceof PublishCondition.Unchanged unchanged
                ? unchanged.source().origin()
                : S3Reader.open(store, replaced, store.tailBytes(), counter);
        WriteRequest wanted =
                new WriteRequest(new PublishCondition.Absent(), source.size(), source, null, null, object.spools());
        ObjectAttributes attributes =
                NewAttributes.of(store, backup, wanted).withMetadata(NewAttributes.BACKUP_OF, mark(source.version()));
        try (S3Writer writer = new S3Writer(store, backup, wanted, attributes, false, counter)) {
            if (source.size() > 0) {
                writer.copy(source, 0, source.size());
            }
            writer.publish();
        }
        return new Backup(store, backup);
    }

    /** Removes the copy, because nothing was replaced. */
    void takeBack(RuntimeException reason) {
        if (key == null) {
            return;
        }
        try {
            store.delete(key);
        } catch (RuntimeException failure) {
            reason.addSuppressed(failure);
        }
    }
}
