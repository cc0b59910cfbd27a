package io.glulam;

import io.glulam.storage.ObjectRef;
import org.jspecify.annotations.Nullable;

/** Hears of an output before it becomes visible. */
@FunctionalInterface
public interface PublishListener {
    /** Does nothing. */
    PublishListener NONE = publication -> {};

    /** Hears that a verified output is about to be published. If this throws, nothing is published. */
    void beforePublish(Publication publication);

    /**
     * An output that is about to become visible.
     *
     * @param target under which key it will appear
     * @param planHash hash of the plan that made it
     * @param sourceVersion version of the source
     * @param size its bytes
     * @param digest of its footer, as {@link FooterDigest}
     * @param expectedVersion version that it will have; empty where the store tells only afterwards
     * @param backup where the object that it replaces will stay; null for nowhere
     */
    record Publication(
            ObjectRef target,
            String planHash,
            String sourceVersion,
            long size,
            String digest,
            String expectedVersion,
            @Nullable ObjectRef backup) {}
}
