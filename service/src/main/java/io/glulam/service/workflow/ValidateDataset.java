package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;

/** Step 1: whether there is such a dataset, whether it has this object, and whether it needs a compaction. */
final class ValidateDataset implements Step {
    static final String NAME = "validate-dataset";
    static final String VERSION = "version";

    private final Catalog catalog;
    private final Bucket bucket;

    ValidateDataset(Catalog catalog, Bucket bucket) {
        this.catalog = catalog;
        this.bucket = bucket;
    }

    /** Returns the version of the dataset's row that this instance's first step has read; empty if it is unknown. */
    static String rowVersion(StepContext context) {
        return context.result(NAME).path(VERSION).textValue();
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
        result.put("datasetId", id);
        result.put("bucketKey", key);
        result.put("compactionNeeded", dataset.compactionNeeded());
        result.put("forced", context.terms().force());
        result.put(VERSION, dataset.version());
        if (!dataset.compactionNeeded() && !context.terms().force()) {
            result.put(SKIPPED, true);
            result.put(
                    "reason",
                    "the dataset is not flagged compaction_needed; send \"force\": true to compact it anyway");
        }
        return result;
    }
}
