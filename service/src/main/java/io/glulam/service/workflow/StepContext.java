package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.ProgressListener;
import io.glulam.service.ledger.Instance;
import io.glulam.service.ledger.Run;
import io.glulam.service.request.CompactionRequest;
import java.util.Map;

/**
 * The context of a step.
 *
 * @param run the right to carry the instance on
 * @param instance as it was taken up
 * @param terms of the request
 * @param results of the steps before, by their names
 * @param progress hears how far the step is
 */
record StepContext(
        Run run,
        Instance instance,
        CompactionRequest.Terms terms,
        Map<String, JsonNode> results,
        ProgressListener progress) {
    /** The result of an earlier step. */
    JsonNode result(String step) {
        JsonNode result = results.get(step);
        if (result == null) {
            throw new IllegalStateException("step " + step + " has not run");
        }
        return result;
    }

    /** The object's key. */
    String key() {
        String key = instance.key();
        if (key == null) {
            throw new StepFailed(
                    "KeyMissing",
                    "neither the request nor the catalog has named a key",
                    "restart the instance if the catalog knows it by now, or ask again with bucketKey");
        }
        return key;
    }
}
