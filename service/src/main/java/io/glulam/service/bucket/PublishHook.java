package io.glulam.service.bucket;

import org.jspecify.annotations.Nullable;

/** Is told before a new object becomes visible, and may prevent it by throwing. */
@FunctionalInterface
public interface PublishHook {
    /** A verified object is about to appear. */
    void beforePublish(Publication publication);

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
