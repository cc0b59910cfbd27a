package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link UpdateMergedDatasets}.
 *
 * @param rows of the datasets whose objects were merged, then of those whose objects are new
 */
record UpdatedDatasets(List<Row> rows) {
    private static final String DATASETS = "datasets";
    private static final String ID = "datasetId";
    private static final String KEY = "bucketKey";
    private static final String FLAG_KEPT = "flagKept";
    private static final String REASON = "reason";

    UpdatedDatasets {
        rows = List.copyOf(rows);
    }

    /**
     * A dataset's row.
     *
     * @param id of the dataset
     * @param key of its object
     * @param flagKept why its flag was not cleared; null if it was
     */
    record Row(String id, String key, @Nullable String flagKept) {}

    static UpdatedDatasets read(JsonNode result) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode row : result.path(DATASETS)) {
            rows.add(new Row(
                    Json.requireText(row, ID),
                    Json.requireText(row, KEY),
                    row.path(FLAG_KEPT).booleanValue() ? row.path(REASON).asText() : null));
        }
        return new UpdatedDatasets(rows);
    }

    ObjectNode toJson() {
        ObjectNode result = Json.object();
        ArrayNode datasets = result.putArray(DATASETS);
        result.put(FLAG_KEPT, false);
        for (Row row : rows) {
            ObjectNode json = datasets.addObject();
            json.put(ID, row.id());
            json.put(KEY, row.key());
            json.put(FLAG_KEPT, row.flagKept() != null);
            if (row.flagKept() != null) {
                json.put(REASON, row.flagKept());
                result.put(FLAG_KEPT, true);
                result.put(REASON, "dataset " + row.id() + ": " + row.flagKept());
            }
        }
        return result;
    }
}
