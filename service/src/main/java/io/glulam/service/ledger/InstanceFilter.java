package io.glulam.service.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which instances to list, the newest first.
 *
 * @param status null for any
 * @param datasetId null for any
 * @param before only those created before; null for the newest
 * @param beforeId those created at {@code before} as well whose ids are smaller; null for none of them
 * @param limit how many at most
 */
public record InstanceFilter(
        @Nullable Status status,
        @Nullable String datasetId,
        @Nullable Instant before,
        @Nullable String beforeId,
        int limit) {}
