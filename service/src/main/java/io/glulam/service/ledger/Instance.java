package io.glulam.service.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One run of the workflow for one dataset, one merge, or one table.
 *
 * @param id unique
 * @param datasetId which dataset; empty for a merge, and for a table that has none
 * @param key of its object, the name of its table, or the key or folder that a merge writes to; null if neither the request
 *     nor the catalog names it
 * @param request the terms of the request, and what it merges or which table it compacts
 * @param status of the instance
 * @param terminating whether it was asked to end while a step runs
 * @param epoch how often it was taken up: a run with an older one has lost it
 * @param progress of the step under way; null for none
 * @param output its result; null until it is complete
 * @param error why it failed: name, message, remedy; null unless it failed
 * @param times when it was asked for, changed and ended
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
        InstanceTimes times) {
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

    /** Returns whether this instance, while it is queued, also answers another request for the same object. */
    public boolean serves(JsonNode other) {
        return isMerge() || isMerge(other) || isTable() || isTable(other) ? request.equals(other) : true;
    }
}
