package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import java.util.Map;

/** The output of an instance, made from the results of its steps. */
final class InstanceOutput {
    private InstanceOutput() {}

    static JsonNode of(Map<String, JsonNode> results) {
        JsonNode validated = results.getOrDefault(ValidateDataset.NAME, Json.object());
        ObjectNode output = Json.object();
        output.put("skipped", validated.path(Step.SKIPPED).asBoolean());
        if (validated.path(Step.SKIPPED).asBoolean()) {
            output.put("reason", validated.path("reason").asText());
            return output;
        }
        results.getOrDefault(AnalyzeAndCompact.NAME, Json.object())
                .fields()
                .forEachRemaining(field -> output.set(field.getKey(), field.getValue()));
        results.getOrDefault(CommitTable.NAME, Json.object())
                .fields()
                .forEachRemaining(field -> output.set(field.getKey(), field.getValue()));
        results.getOrDefault(UpdateMetadata.NAME, Json.object())
                .fields()
                .forEachRemaining(field -> output.set(field.getKey(), field.getValue()));
        return output;
    }
}
