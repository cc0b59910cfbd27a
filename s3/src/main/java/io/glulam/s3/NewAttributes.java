package io.glulam.s3;

import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.storage.ObjectAttributes;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.WriteRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The attributes of a new object: those of its source, without Glulam's marks. */
final class NewAttributes {
    /** Names the plan that made an object, as user metadata. */
    static final String PLAN = "glulam-plan";

    /** Names the run that made an object: after a lost answer it tells whether the publishing was ours. */
    static final String RUN = "glulam-run";

    /** Names the version that a backup holds: the next run knows by it what a killed one has kept already. */
    static final String BACKUP_OF = "glulam-backup-of";

    private NewAttributes() {}

    /** @throws Unsupported if the object's source has what a new object could not be given, and is to be replaced */
    static ObjectAttributes of(S3Store store, String key, WriteRequest object) {
        ObjectAttributes source =
                object.like() == null ? ObjectAttributes.NONE : object.like().attributes();
        if (!source.unkeepable().isEmpty() && object.condition() instanceof PublishCondition.Unchanged) {
            throw new Unsupported(
                    store.bucket().place(key),
                    "a new object could not be given its " + String.join(", ", source.unkeepable()),
                    Remedy.OTHER_OBJECT.text());
        }
        Map<String, String> metadata = new TreeMap<>(source.metadata());
        metadata.remove(PLAN);
        metadata.remove(RUN);
        metadata.remove(BACKUP_OF);
        return new ObjectAttributes(source.headers(), metadata, source.tags(), List.of());
    }
}
