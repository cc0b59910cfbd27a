package io.glulam.service.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the catalog.
 *
 * @param id opaque, at most {@value #MOST_ID_CHARACTERS} characters
 * @param key of its object; null if the catalog does not hold keys
 * @param compactionNeeded whether it is flagged
 * @param lastCompactedAt null for never
 * @param fileSizeBytes null for unknown
 * @param version changes whenever somebody changes the row; opaque, compared for equality only; empty if unknown
 */
public record Dataset(
        String id,
        @Nullable String key,
        boolean compactionNeeded,
        @Nullable Instant lastCompactedAt,
        @Nullable Long fileSizeBytes,
        String version) {
    /** The longest id. */
    public static final int MOST_ID_CHARACTERS = 100;
}
