package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;

/** Step 1: checks that the dataset exists and has this object, and reads whether it needs a compaction. */
final class ValidateDataset implements Step {
    static final String NAME = "validate-dataset";

    private final Catalog catalog;
    private final Bucket bucket;

    ValidateDataset(Catalog catalog, Bucket bucket) {
        this.catalog = catalog;
        this.bucket = bucket;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        String id = context.instance().datasetId();
        Dataset dataset = catalog.find(id)
                .orElseThrow(() -> new StepFailed(
                        "DatasetNotFound", "the catalog has no dataset " + id, "check the id, or add the dataset"));
        String key = context.key();
        if (dataset.key() != null && !dataset.key().equals(key)) {
            throw new StepFailed("KeyMismatch", "the catalog has another key for dataset " + id, "leave bucketKey out");
        }
        bucket.requireSafe(key);
        ObjectNode result = Json.object();
        ValidatedDataset.of(dataset, key, context.terms().force()).write(result);
        return result;
    }
}
