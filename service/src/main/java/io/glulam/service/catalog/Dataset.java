package io.glulam.service.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the catalog.
 *
 * @param id opaque, at most {@value #MAX_ID_CHARACTERS} characters
 * @param key of its object; null if the catalog does not hold keys
 * @param compactionNeeded whether it is flagged
 * @param lastCompactedAt null for never
 * @param fileSizeBytes null for unknown
 * @param version changes whenever the row changes; opaque, compared for equality only; empty if unknown
 */
public record Dataset(
        String id,
        @Nullable String key,
        boolean compactionNeeded,
        @Nullable Instant lastCompactedAt,
        @Nullable Long fileSizeBytes,
        String version) {
    /** The longest id. */
    public static final int MAX_ID_CHARACTERS = 100;
}
