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
 * @param instance as the run took it up
 * @param terms of the request
 * @param results of earlier steps, by their names
 * @param progress is called as the step proceeds
 */
record StepContext(
        Run run,
        Instance instance,
        CompactionRequest.Terms terms,
        Map<String, JsonNode> results,
        ProgressListener progress) {
    /** Returns the result of an earlier step. */
    JsonNode result(String step) {
        JsonNode result = results.get(step);
        if (result == null) {
            throw new IllegalStateException("step " + step + " has not run");
        }
        return result;
    }

    /**
     * Returns the object's key.
     *
     * @throws StepFailed if there is none
     */
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
