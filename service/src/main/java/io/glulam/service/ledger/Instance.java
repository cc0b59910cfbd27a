package io.glulam.service.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of the workflow for one dataset.
 *
 * @param id unique
 * @param datasetId which dataset
 * @param key of its object; null if neither the request nor the catalog told it
 * @param request what was asked for besides
 * @param status where it stands
 * @param terminating whether it was asked to end while a step runs
 * @param epoch how often it was taken up: whoever holds an older one has lost it
 * @param progress of the step under way; null for none
 * @param output what came of it; null until it ends well
 * @param error why it ended badly: name, message, remedy; null unless it did
 * @param createdAt when it was asked for
 * @param updatedAt when anything of it changed
 * @param endedAt null until it ends
 */
public record Instance(
        String id,
        String datasetId,
        @Nullable String key,
        JsonNode request,
        Status status,
        boolean terminating,
        long epoch,
        @Nullable JsonNode progress,
        @Nullable JsonNode output,
        @Nullable JsonNode error,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant endedAt) {}
