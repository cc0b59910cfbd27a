package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.catalog.Dataset;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as the first step has read it. The results of {@link ValidateDataset} and {@link ValidateTable} hold these fields
 * among others.
 *
 * @param id of the dataset
 * @param key of its object; null for a table, which has a name
 * @param compactionNeeded whether it was flagged
 * @param forced whether the request compacts it even if it is not flagged
 * @param rowVersion of its row; empty if it is unknown; null if the result does not have it, and then the flag stays
 */
record ValidatedDataset(
        String id,
        @Nullable String key,
        boolean compactionNeeded,
        boolean forced,
        @Nullable String rowVersion) {
    private static final String ID = "datasetId";
    private static final String KEY = "bucketKey";
    private static final String NEEDED = "compactionNeeded";
    private static final String FORCED = "forced";
    private static final String VERSION = "version";

    static ValidatedDataset of(Dataset dataset, @Nullable String key, boolean forced) {
        return new ValidatedDataset(dataset.id(), key, dataset.compactionNeeded(), forced, dataset.version());
    }

    /** Reads the result of this instance's first step, which was of a dataset. */
    static ValidatedDataset of(StepContext context) {
        return read(context.result(ValidateDataset.NAME), context.instance().datasetId());
    }

    /** @param id of the instance's dataset */
    static ValidatedDataset read(JsonNode result, String id) {
        return new ValidatedDataset(
                result.path(ID).asText(id),
                result.path(KEY).textValue(),
                result.path(NEEDED).booleanValue(),
                result.path(FORCED).booleanValue(),
                result.path(VERSION).textValue());
    }

    /** Writes these fields into the step's result, and ends the instance if there is nothing to do. */
    void write(ObjectNode result) {
        result.put(ID, id);
        if (key != null) {
            result.put(KEY, key);
        }
        result.put(NEEDED, compactionNeeded);
        result.put(FORCED, forced);
        result.put(VERSION, rowVersion);
        if (!compactionNeeded && !forced) {
            result.put(Step.SKIPPED, true);
            result.put(
                    "reason",
                    "the dataset is not flagged compaction_needed; send \"force\": true to compact it anyway");
        }
    }
}
