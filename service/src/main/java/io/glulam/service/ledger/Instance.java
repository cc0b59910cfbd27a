package io.glulam.service.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of the workflow for one dataset, one merge, or one table.
 *
 * @param id unique
 * @param datasetId which dataset; empty for a merge, and for a table that has none
 * @param key of its object, the name of its table, or what a merge writes to, which may be a folder; null if neither the request nor the catalog told it
 * @param request what was asked for besides
 * @param status where it stands
 * @param terminating whether it was asked to end while a step runs
 * @param epoch how often it was taken up: a run with an older one has lost it
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
        @Nullable Instant endedAt) {
    /** The field of a request that names where a merge writes; other requests do not have it. */
    public static final String MERGE_TARGET = "target";

    /** The field of a request that names a table; other requests do not have it. */
    public static final String TABLE = "table";

    /** Whether it compacts a table. */
    public boolean isTable() {
        return isTable(request);
    }

    private static boolean isTable(JsonNode request) {
        return request.hasNonNull(TABLE);
    }

    /** Whether it merges several objects. */
    public boolean isMerge() {
        return isMerge(request);
    }

    private static boolean isMerge(JsonNode request) {
        return request.hasNonNull(MERGE_TARGET);
    }

    /** Whether it does, while it is queued, what another request for the same object asks for, too. */
    public boolean serves(JsonNode other) {
        return isMerge() || isMerge(other) || isTable() || isTable(other) ? request.equals(other) : true;
    }
}
