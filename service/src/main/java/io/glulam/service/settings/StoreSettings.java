package io.glulam.service.settings;

import io.glulam.s3.S3Settings;
import java.util.Set;

/**
 * How a bucket of a store is reached.
 *
 * @param access endpoint, region, account and where credentials come from
 * @param without what the store lacks, in the words of {@link io.glulam.s3.S3Capabilities#without}
 */
public record StoreSettings(S3Settings access, Set<String> without) {
    public StoreSettings {
        without = Set.copyOf(without);
    }

    /** Says nothing: the environment may hold secrets. */
    @Override
    public String toString() {
        return "StoreSettings";
    }
}
