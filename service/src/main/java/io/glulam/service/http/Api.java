package io.glulam.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.Keys;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Control;
import io.glulam.service.ledger.Instance;
import io.glulam.service.ledger.InstanceFilter;
import io.glulam.service.ledger.Status;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.EngineChoice;
import io.glulam.service.request.Fields;
import io.glulam.service.request.InvalidField;
import io.glulam.service.request.MergeRequest;
import io.glulam.service.request.TableJob;
import io.glulam.service.table.TableName;
import io.glulam.service.workflow.Workflow;
import io.glulam.service.workflow.Workflow.Submission;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The handlers of the API; {@code openapi.yaml} says what they promise. */
final class Api {
    private static final int LISTED = 50;
    private static final int MAX_LISTED = 500;
    private static final int MAX_BODY_BYTES = 2 << 20;

    private final Workflow workflow;
    private final Catalog catalog;

    Api(Workflow workflow, Catalog catalog) {
        this.workflow = workflow;
        this.catalog = catalog;
    }

    /** POST /compact. */
    Response compact(Request request) {
        JsonNode body = request.body(MAX_BODY_BYTES);
        if (MergeRequest.isOne(body)) {
            MergeRequest merge = MergeRequest.read(body, workflow.defaults());
            requireAccess(request, merge.target());
            MergeRequest.namedIn(merge.json()).forEach(key -> requireAccess(request, key));
            return queued(workflow.submit(merge));
        }
        if (TableJob.isOne(body)) {
            TableJob job = tableJob(body);
            requireAccess(request, job.table());
            return queued(workflow.submit(job));
        }
        CompactionRequest wanted = CompactionRequest.read(body, workflow.defaults());
        requireHere(body, wanted);
        if (request.access().isLimited()) {
            String key = wanted.key() != null
                    ? wanted.key()
                    : catalog.find(wanted.datasetId()).map(Dataset::key).orElse(null);
            requireAccess(request, key);
        }
        return queued(workflow.submit(wanted));
    }

    /** Isolates, and plans that are kept from one request to the next, are there in Workers only. */
    private static void requireHere(JsonNode body, CompactionRequest wanted) {
        if (wanted.terms().engine() == EngineChoice.WASM) {
            throw ApiError.notSupported("the engine wasm");
        }
        if (body.hasNonNull("planHash")) {
            throw ApiError.notSupported("plans");
        }
    }

    private TableJob tableJob(JsonNode body) {
        if (!workflow.hasTables()) {
            throw ApiError.notSupported("tables");
        }
        return TableJob.read(body, workflow.defaults());
    }

    private static Response queued(Submission submission) {
        if (submission instanceof Submission.Accepted accepted) {
            ObjectNode json = Json.object();
            json.put("id", accepted.id());
            json.put("status", Status.QUEUED.word());
            json.put("isNew", accepted.isNew());
            return Response.json(202, json).with("Location", "/status/" + accepted.id());
        }
        if (submission instanceof Submission.Conflict conflict) {
            throw new ApiError(409, "Conflict", conflict.reason());
        }
        throw new ApiError(503, "Busy", ((Submission.Busy) submission).reason(), null, "try again later");
    }

    /** POST /plan. */
    Response plan(Request request) {
        JsonNode body = request.body();
        if (TableJob.isOne(body)) {
            return plan(request, tableJob(body));
        }
        if (body.isObject() && !body.hasNonNull("datasetId") && !body.hasNonNull("bucketKey")) {
            throw new InvalidField("bucketKey", "is required, or datasetId");
        }
        CompactionRequest wanted = CompactionRequest.read(
                body.isObject() && !body.hasNonNull("datasetId") ? ((ObjectNode) body).put("datasetId", "-") : body,
                workflow.defaults());
        requireHere(body, wanted);
        String key = wanted.key();
        if (key == null) {
            key = catalog.find(wanted.datasetId())
                    .map(Dataset::key)
                    .orElseThrow(() -> ApiError.notFound("there is no such dataset, or its key is unknown"));
        }
        if (TableName.isOne(key)) {
            return plan(request, tableJob(Json.object().put("table", key)));
        }
        requireAccess(request, key);
        ObjectNode plan = planned(workflow.plan(key, wanted.terms()));
        plan.put("datasetId", datasetOf(key));
        return Response.json(200, plan);
    }

    /** POST /inspect. */
    Response inspect(Request request) {
        Fields fields = Fields.of(request.body(), Set.of("bucketKey", "options"));
        String key = fields.requireText("bucketKey", Keys.MAX_BYTES);
        workflow.requireKey(key);
        requireAccess(request, key);
        return Response.json(200, planned(workflow.inspect(key, fields.settings("options"))));
    }

    /** POST /inspect/pages. */
    Response pages(Request request) {
        Fields fields = Fields.of(request.body(), Set.of("bucketKey", "rowGroup", "column"));
        String key = fields.requireText("bucketKey", Keys.MAX_BYTES);
        workflow.requireKey(key);
        requireAccess(request, key);
        return Response.json(
                200, planned(workflow.pages(key, fields.requireIndex("rowGroup"), fields.requireIndex("column"))));
    }

    private Response plan(Request request, TableJob job) {
        requireAccess(request, job.table());
        ObjectNode plan = planned(workflow.plan(job));
        plan.put("datasetId", datasetOf(job.table()));
        return Response.json(200, plan);
    }

    private static ObjectNode planned(@Nullable ObjectNode plan) {
        if (plan == null) {
            throw new ApiError(503, "Busy", "something else is being planned", null, "try again in a moment");
        }
        return plan;
    }

    private @Nullable String datasetOf(String key) {
        return catalog.withKeys(List.of(key)).stream()
                .map(Dataset::id)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** GET /status/{id}. */
    Response status(Request request) {
        Instance instance = find(request);
        return Response.json(
                200,
                InstanceJson.full(
                        instance,
                        workflow.ledger().steps(instance.id()),
                        workflow.callbacks().of(instance.id())));
    }

    /** GET /instances. */
    Response instances(Request request) {
        Map<String, String> query = request.query("status", "datasetId", "before", "beforeId", "limit");
        String status = query.get("status");
        Status wanted = status == null
                ? null
                : Status.of(status)
                        .orElseThrow(
                                () -> new ApiError(400, "InvalidQuery", "is no status of instances", "status", null));
        InstanceFilter filter = new InstanceFilter(
                wanted,
                query.get("datasetId"),
                before(query.get("before")),
                query.get("beforeId"),
                request.number("limit", LISTED, MAX_LISTED));
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("instances");
        List<Instance> instances = workflow.ledger().list(filter);
        for (Instance instance : instances) {
            if (isAllowed(request, instance)) {
                list.add(InstanceJson.brief(instance));
            }
        }
        boolean more = instances.size() == filter.limit();
        Instance last = more ? instances.get(instances.size() - 1) : null;
        json.put("before", last == null ? null : Json.time(last.times().createdAt()));
        json.put("beforeId", last == null ? null : last.id());
        ObjectNode counts = json.putObject("counts");
        if (!request.access().isLimited()) {
            workflow.ledger()
                    .counts()
                    .forEach(count -> counts.put(count.status().word(), count.count()));
        }
        return Response.json(200, json);
    }

    private static @Nullable Instant before(@Nullable String text) {
        try {
            // Times that are no number of milliseconds are none for a database either.
            return text == null
                    ? null
                    : Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new ApiError(400, "InvalidQuery", "must be a time like 2026-01-31T12:00:00Z", "before", null);
        }
    }

    /** POST /instances/{id}/pause and the like. */
    Response control(Request request, Function<String, Control> action) {
        Instance instance = find(request);
        Control control = action.apply(instance.id());
        return switch (control.result()) {
            case DONE -> status(request);
            case MISSING -> throw ApiError.notFound("there is no such instance");
            case FULL -> throw new ApiError(503, "Busy", String.valueOf(control.reason()), null, "try again later");
            case REFUSED -> throw new ApiError(409, "Conflict", String.valueOf(control.reason()));
        };
    }

    /** The instance that the path names, if it is the sender's business. */
    Instance find(Request request) {
        return workflow.ledger()
                .find(request.parameter("id"))
                .filter(instance -> isAllowed(request, instance))
                .orElseThrow(() -> ApiError.notFound("there is no such instance"));
    }

    /** GET /capabilities: what of the API this server has. Servers of another kind answer 501 for what they lack. */
    Response capabilities(Request request) {
        ObjectNode json = Json.object();
        json.putArray("engines").add("container");
        json.putArray("publish").add("in-place").add("new-key");
        json.put("callbacks", !workflow.defaults().callbacks().hosts().isEmpty());
        json.put("compactions", true);
        json.put("feed", false);
        json.put("folderMerges", true);
        json.put("merges", true);
        json.put("metrics", true);
        json.put("plans", false);
        json.put("scan", true);
        json.put("tables", workflow.hasTables());
        json.put("webhooks", true);
        return Response.json(200, json);
    }

    private static boolean isAllowed(Request request, Instance instance) {
        return request.access().allows(instance.key())
                && MergeRequest.namedIn(instance.request()).allMatch(request.access()::allows);
    }

    /** GET /healthz: the process answers. */
    Response health(Request request) {
        return Response.json(200, Json.object().put("status", "ok"));
    }

    /** GET /readyz: it takes requests, and its databases answer. */
    Response ready(Request request) {
        if (!workflow.isAccepting()) {
            throw new ApiError(503, "Stopping", "the server is stopping");
        }
        workflow.ledger().queued();
        catalog.check();
        return Response.json(200, Json.object().put("status", "ready"));
    }

    private static void requireAccess(Request request, @Nullable String key) {
        if (!request.access().allows(key)) {
            throw new ApiError(403, "Forbidden", "this token is for other keys");
        }
    }
}
