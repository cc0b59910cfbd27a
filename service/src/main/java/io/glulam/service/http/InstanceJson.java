package io.glulam.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Callbacks;
import io.glulam.service.ledger.Instance;
import io.glulam.service.ledger.InstanceTimes;
import io.glulam.service.ledger.StepRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Instances in the shape of Cloudflare Workflows. */
final class InstanceJson {
    private InstanceJson() {}

    /** Returns an instance of a list, without its steps and large fields. */
    static ObjectNode brief(Instance instance) {
        ObjectNode json = head(instance);
        putTimes(json, instance.times());
        set(json, "progress", instance.progress());
        set(json, "error", instance.error());
        JsonNode output = instance.output();
        if (output != null) {
            ObjectNode summary = json.putObject("summary");
            for (String field : List.of("skipped", "reason", "published", "flagKept", "before", "after", "saved")) {
                if (output.has(field)) {
                    summary.set(field, output.get(field));
                }
            }
        }
        return json;
    }

    /** Returns an instance with its steps and callbacks. */
    static ObjectNode full(Instance instance, List<StepRecord> steps, List<Callbacks.Callback> callbacks) {
        ObjectNode json = head(instance);
        set(json, "error", instance.error());
        set(json, "output", instance.output());
        set(json, "progress", instance.progress());
        ArrayNode list = json.putArray("steps");
        steps.forEach(step -> list.add(step(step)));
        json.set("request", instance.request());
        ArrayNode told = json.putArray("callbacks");
        callbacks.forEach(callback -> told.add(callback(callback)));
        putTimes(json, instance.times());
        return json;
    }

    private static ObjectNode head(Instance instance) {
        ObjectNode json = Json.object();
        json.put("id", instance.id());
        json.put("datasetId", instance.datasetId().isEmpty() ? null : instance.datasetId());
        json.put("bucketKey", instance.key());
        json.put("status", instance.status().word());
        return json;
    }

    private static void putTimes(ObjectNode json, InstanceTimes times) {
        json.put("createdAt", Json.time(times.createdAt()));
        json.put("updatedAt", Json.time(times.updatedAt()));
        json.put("endedAt", Json.time(times.endedAt()));
    }

    private static ObjectNode callback(Callbacks.Callback callback) {
        ObjectNode json = Json.object();
        // The query may hold a secret.
        json.put("url", callback.url().replaceFirst("\\?.*", "?…"));
        json.put("state", callback.state().word());
        json.put("attempts", callback.attempts());
        json.put("httpStatus", callback.httpStatus());
        json.put("problem", callback.problem());
        json.put("endedAt", Json.time(callback.endedAt()));
        return json;
    }

    private static ObjectNode step(StepRecord step) {
        ObjectNode json = Json.object();
        json.put("name", step.name());
        json.put("start", Json.time(step.startedAt()));
        json.put("end", Json.time(step.endedAt()));
        json.put("success", step.output() != null);
        set(json, "output", step.output());
        json.set("attempts", step.attempts().toJson());
        return json;
    }

    private static void set(ObjectNode json, String field, @Nullable JsonNode value) {
        json.set(field, value == null ? json.nullNode() : value);
    }
}
