package io.glulam.s3;

import io.glulam.error.Unsupported;
import io.glulam.s3.client.RequestCounter;
import io.glulam.storage.NewObject;
import io.glulam.storage.ObjectAttributes;
import io.glulam.storage.PublishCondition;
import java.util.Map;
import java.util.TreeMap;

/** What a new object has besides its bytes: its source's attributes, and our mark. */
final class NewAttributes {
    /** Names the plan that made an object, as user metadata. */
    static final String PLAN = "glulam-plan";

    /** Names the run that made an object: after a lost answer it tells whether the publishing was ours. */
    static final String RUN = "glulam-run";

    private NewAttributes() {}

    /** @throws Unsupported if the object's source has what a new object could not be given, and is to be replaced */
    static ObjectAttributes of(S3Store store, NewObject object, RequestCounter counter) {
        if (object.like() == null || !(object.like().origin() instanceof S3Reader source)) {
            return ObjectAttributes.NONE;
        }
        if (!source.head().unkeepable().isEmpty() && object.condition() instanceof PublishCondition.Unchanged) {
            throw new Unsupported(
                    store.bucket().place(source.key()),
                    "a new object could not be given its "
                            + String.join(", ", source.head().unkeepable()),
                    "write elsewhere with -o");
        }
        Map<String, String> metadata = new TreeMap<>(source.attributes().metadata());
        metadata.remove(PLAN);
        metadata.remove(RUN);
        Map<String, String> tags = source.head().tagCount() == 0
                ? Map.of()
                : source.store().reads().tags(source.key(), counter);
        return new ObjectAttributes(source.attributes().headers(), metadata, tags);
    }
}
