package io.glulam.service.settings;

import io.glulam.s3.S3Settings;
import io.glulam.storage.StoreAbility;
import java.util.Set;

/**
 * The address and credentials of a bucket in a store.
 *
 * @param access endpoint, region, account and where credentials come from
 * @param without abilities that the store lacks
 */
public record StoreSettings(S3Settings access, Set<StoreAbility> without) {
    public StoreSettings {
        without = Set.copyOf(without);
    }

    /** Returns the name alone, since the environment may hold secrets. */
    @Override
    public String toString() {
        return "StoreSettings";
    }
}
