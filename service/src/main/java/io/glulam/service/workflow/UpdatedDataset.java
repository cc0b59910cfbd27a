package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link UpdateMetadata}, and of {@link UpdateTableDataset} for a table that has a dataset.
 *
 * @param flagKept why the dataset's flag was not cleared; null if it was
 * @param fileSizeBytes of the object or the table
 * @param lastCompactedAt null if nothing was published
 */
record UpdatedDataset(
        @Nullable String flagKept,
        long fileSizeBytes,
        @Nullable Instant lastCompactedAt) {
    private static final String FLAG_KEPT = "flagKept";
    private static final String REASON = "reason";
    private static final String FILE_SIZE = "fileSizeBytes";
    private static final String LAST_COMPACTED_AT = "lastCompactedAt";

    static UpdatedDataset read(JsonNode result) {
        String time = result.path(LAST_COMPACTED_AT).textValue();
        return new UpdatedDataset(
                result.path(FLAG_KEPT).booleanValue() ? result.path(REASON).asText() : null,
                result.path(FILE_SIZE).longValue(),
                time == null ? null : Instant.parse(time));
    }

    ObjectNode toJson() {
        ObjectNode result = Json.object();
        result.put(FLAG_KEPT, flagKept != null);
        if (flagKept != null) {
            result.put(REASON, flagKept);
        }
        result.put(FILE_SIZE, fileSizeBytes);
        result.put(LAST_COMPACTED_AT, Json.time(lastCompactedAt));
        return result;
    }
}
