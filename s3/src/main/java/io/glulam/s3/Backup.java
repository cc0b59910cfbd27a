package io.glulam.s3;

import io.glulam.s3.client.ObjectHead;
import io.glulam.s3.client.RequestCounter;
import io.glulam.storage.NewObject;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import org.jspecify.annotations.Nullable;

/** What is about to be replaced, under another key: copied inside the store, attributes and all. */
final class Backup {
    private final S3Store store;
    private final @Nullable String key;

    private Backup(S3Store store, @Nullable String key) {
        this.store = store;
        this.key = key;
    }

    /** Copies what is under {@code replaced} if a backup is wanted and there is something. */
    static Backup keep(S3Store store, String replaced, NewObject object, RequestCounter counter) {
        String backup = object.backup();
        ObjectHead old = backup == null ? null : store.reads().head(replaced, counter);
        if (backup == null || old == null) {
            return new Backup(store, null);
        }
        RangeReader source = object.condition() instanceof PublishCondition.Unchanged unchanged
                ? unchanged.source().origin()
                : S3Reader.open(store, replaced, counter);
        NewObject wanted =
                new NewObject(new PublishCondition.Absent(), source.size(), source, null, null, object.spools());
        try (S3Writer writer = new S3Writer(store, backup, wanted, NewAttributes.of(store, backup, wanted), counter)) {
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
