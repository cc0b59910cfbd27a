package io.glulam.service.bucket;

import io.glulam.PublishListener.Publication;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Called before a new object becomes visible, and before an upload begins; prevents either by throwing. */
@FunctionalInterface
public interface PublishHook {
    /**
     * A verified object is about to appear.
     *
     * @param backupKey under which the object that it replaces will stay; null for nowhere
     */
    void beforePublish(Publication publication, @Nullable String backupKey);

    /** The store is about to be asked for an upload, which a killed run would leave. Called from any thread. */
    default void beforeUpload(String key, Instant since) {}

    /** The store knows that upload by this id. It has no part before this returns. Called from any thread. */
    default void uploadBegun(String key, String uploadId) {}
}
