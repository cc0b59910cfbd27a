package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.json.Json;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.MergeRequest;

/** Step 1 of a merge: checks that its keys are safe and that its target is free. */
final class ValidateMerge implements Step {
    private final Bucket bucket;
    private final CompactionRequest.Defaults defaults;

    ValidateMerge(Bucket bucket, CompactionRequest.Defaults defaults) {
        this.bucket = bucket;
        this.defaults = defaults;
    }

    @Override
    public String name() {
        return ValidateDataset.NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        MergeRequest request = MergeRequest.read(context.instance().request(), defaults);
        request.requireSafe(bucket);
        if (!request.isIntoFolder() && bucket.find(request.target()).isPresent()) {
            throw new StepFailed(
                    "TargetExists",
                    "there is an object " + request.target() + " already",
                    "ask for a merge into another target");
        }
        ObjectNode result = Json.object();
        result.put("target", request.target());
        return result;
    }
}
