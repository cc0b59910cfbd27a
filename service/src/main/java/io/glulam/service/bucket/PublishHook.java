package io.glulam.service.bucket;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Is told before a new object becomes visible, and of what a run leaves if it is killed; may prevent both by throwing. */
@FunctionalInterface
public interface PublishHook {
    /** A verified object is about to appear. */
    void beforePublish(Publication publication);

    /** The store is about to be asked for an upload, which a killed run would leave. Called from any thread. */
    default void beforeUpload(String key, Instant since) {}

    /** The store knows that upload by this id. It has no part before this returns. Called from any thread. */
    default void uploadBegun(String key, String uploadId) {}

    /**
     * What is about to appear.
     *
     * @param mark of its plan
     * @param sourceVersion the version that was compacted
     * @param size in bytes
     * @param expectedVersion that it will have; empty where the store cannot tell before
     * @param backupKey under which what it replaces will stay; null for none
     */
    record Publication(
            String mark,
            String sourceVersion,
            long size,
            String expectedVersion,
            @Nullable String backupKey) {}
}
