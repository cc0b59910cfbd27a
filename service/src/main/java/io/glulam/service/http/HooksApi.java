package io.glulam.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.catalog.TableNames;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Status;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.workflow.ChangedRow;
import io.glulam.service.workflow.Workflow;
import io.glulam.service.workflow.Workflow.Submission;

/** The handlers of what other systems send; {@code openapi.yaml} says what they promise. */
final class HooksApi {
    /** A row and what it was before may be larger than our own requests. */
    private static final int MAX_BODY_BYTES = 1 << 20;

    private final Workflow workflow;
    private final Catalog catalog;
    private final TableNames names;

    HooksApi(Workflow workflow, Catalog catalog, TableNames names) {
        this.workflow = workflow;
        this.catalog = catalog;
        this.names = names;
    }

    /** POST /hooks/supabase: a row has changed. */
    Response supabase(Request request) {
        ChangedRow row = ChangedRow.read(request.body(MAX_BODY_BYTES), names);
        String id = row.datasetId();
        if (id == null) {
            return ignored(String.valueOf(row.reason()));
        }
        if (request.access().isLimited()
                && !request.access().allows(catalog.find(id).map(Dataset::key).orElse(null))) {
            throw new ApiError(403, "Forbidden", "this token is for other keys");
        }
        // The catalog tells the key: the row may have changed again since.
        Submission submission = workflow.submit(new CompactionRequest(id, null, null, workflow.usualTerms(), null));
        if (submission instanceof Submission.Accepted accepted) {
            ObjectNode json = Json.object();
            json.put("action", accepted.isNew() ? "started" : "joined");
            json.put("id", accepted.id());
            json.put("status", Status.QUEUED.word());
            return Response.json(202, json).with("Location", "/status/" + accepted.id());
        }
        if (submission instanceof Submission.Conflict conflict) {
            return ignored(conflict.reason());
        }
        throw new ApiError(503, "Busy", ((Submission.Busy) submission).reason(), null, "try again later");
    }

    private static Response ignored(String reason) {
        return Response.json(200, Json.object().put("action", "ignored").put("reason", reason));
    }
}
