package io.glulam.service.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The change of a dataset's row after a compaction. Writing it twice is the same as writing it once.
 *
 * @param lastCompactedAt null to leave it as it is
 * @param fileSizeBytes the object's size now
 * @param clearFlagIf clear the flag if the row's version still is this one; null to keep the flag
 */
public record DatasetUpdate(
        @Nullable Instant lastCompactedAt,
        long fileSizeBytes,
        @Nullable String clearFlagIf) {
    /** Whether an earlier try has written it, after which a trigger may have changed the row's version. */
    boolean isWrittenIn(Dataset row) {
        return !row.compactionNeeded()
                && row.fileSizeBytes() != null
                && row.fileSizeBytes() == fileSizeBytes
                && (lastCompactedAt == null || lastCompactedAt.equals(row.lastCompactedAt()));
    }
}
