package io.glulam.service.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.Keys;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;
import io.glulam.service.request.Fields;
import io.glulam.service.request.InvalidField;
import io.glulam.service.workflow.DatasetScan;
import io.glulam.service.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The handlers around datasets; {@code openapi.yaml} says what they promise. */
final class DatasetsApi {
    private static final int LISTED = 50;
    private static final int MAX_LISTED = 500;
    private static final int MAX_SCANNED = 1000;

    private final Workflow workflow;
    private final Catalog catalog;

    DatasetsApi(Workflow workflow, Catalog catalog) {
        this.workflow = workflow;
        this.catalog = catalog;
    }

    /** GET /datasets. */
    Response list(Request request) {
        Map<String, String> query = request.query("after", "flagged", "limit");
        int limit = request.number("limit", LISTED, MAX_LISTED);
        String which = query.getOrDefault("flagged", "false");
        if (!which.equals("true") && !which.equals("false")) {
            throw new ApiError(400, "InvalidQuery", "must be true or false", "flagged", null);
        }
        boolean flagged = which.equals("true");
        List<Dataset> datasets = catalog.list(query.getOrDefault("after", ""), flagged, limit);
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("datasets");
        for (Dataset dataset : datasets) {
            if (request.access().allows(dataset.key())) {
                list.add(json(dataset));
            }
        }
        json.put("after", datasets.size() == limit ? datasets.get(limit - 1).id() : null);
        return Response.json(200, json);
    }

    /** POST /datasets. */
    Response add(Request request) {
        Fields fields = Fields.of(request.body(), Set.of("id", "bucketKey", "table", "compactionNeeded"));
        String id = fields.requireText("id", Dataset.MAX_ID_CHARACTERS);
        String table = fields.text("table", Keys.MAX_BYTES);
        String key = table == null ? fields.requireText("bucketKey", Keys.MAX_BYTES) : table;
        if (table == null) {
            workflow.requireKey(key);
        } else if (!workflow.hasTables()) {
            throw ApiError.notSupported("tables");
        } else if (fields.text("bucketKey", Keys.MAX_BYTES) != null) {
            throw new InvalidField("table", "takes the place of bucketKey");
        } else {
            workflow.requireTable(table);
        }
        requireAccess(request, key);
        if (!catalog.add(id, key, fields.flag("compactionNeeded", false))) {
            throw new ApiError(409, "Conflict", "a dataset of this id exists");
        }
        return Response.json(201, json(find(id)));
    }

    /** POST /datasets/{id}/flag. */
    Response flag(Request request) {
        Fields.of(request.body(), Set.of());
        String id = request.parameter("id");
        if (!request.access().allows(find(id).key()) || !catalog.flag(id)) {
            throw missing();
        }
        return Response.json(200, json(find(id)));
    }

    /** POST /scan. */
    Response scan(Request request) {
        Fields fields = Fields.of(request.body(), Set.of("prefix", "after", "limit", "flag", "add", "options"));
        String prefix = fields.text("prefix", Keys.MAX_BYTES);
        String after = fields.text("after", Keys.MAX_BYTES);
        requireAccess(request, prefix == null ? "" : prefix);
        DatasetScan.Request scan = new DatasetScan.Request(
                prefix == null ? "" : prefix,
                after == null ? "" : after,
                fields.number("limit", 100, MAX_SCANNED),
                fields.flag("flag", true),
                fields.flag("add", false));
        ObjectNode found = workflow.scan(scan, fields.settings("options"));
        if (found == null) {
            throw new ApiError(503, "Busy", "another scan is under way", null, "try again in a moment");
        }
        return Response.json(200, found);
    }

    private Dataset find(String id) {
        return catalog.find(id).orElseThrow(DatasetsApi::missing);
    }

    private static ApiError missing() {
        return ApiError.notFound("there is no such dataset");
    }

    private static void requireAccess(Request request, String key) {
        if (!request.access().allows(key)) {
            throw new ApiError(403, "Forbidden", "this token is for other keys");
        }
    }

    private static ObjectNode json(Dataset dataset) {
        ObjectNode json = Json.object();
        json.put("id", dataset.id());
        json.put("bucketKey", dataset.key());
        json.put("compactionNeeded", dataset.compactionNeeded());
        json.put("lastCompactedAt", Json.time(dataset.lastCompactedAt()));
        json.put("fileSizeBytes", dataset.fileSizeBytes());
        return json;
    }
}
