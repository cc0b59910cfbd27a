package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.MergeInput;
import io.glulam.service.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link PinInputs}.
 *
 * @param passedOver objects under the prefix that are not merged; null if the request names the objects
 * @param inputs in the order of the rows
 * @param datasets whose objects are inputs
 */
record PinnedInputs(@Nullable PassedOverObjects passedOver, List<MergeInput> inputs, List<PinnedDataset> datasets) {
    private static final String PASSED_OVER = "passedOver";
    private static final String PASSED_OVER_KEYS = "passedOverKeys";
    private static final String OBJECTS = "objects";
    private static final String INPUTS = "inputs";
    private static final String DATASETS = "datasets";
    private static final String ID = "datasetId";
    private static final String KEY = "bucketKey";
    private static final String GROUP = "group";
    private static final String SIZE = "size";
    private static final String VERSION = "version";

    PinnedInputs {
        inputs = List.copyOf(inputs);
        datasets = List.copyOf(datasets);
    }

    /**
     * Objects that are not merged.
     *
     * @param counts how many for each reason, by the reason's name
     * @param keys of some of them
     */
    record PassedOverObjects(Map<String, Integer> counts, List<String> keys) {}

    /**
     * A dataset whose object is an input.
     *
     * @param rowVersion that its row had when the inputs were pinned; empty if it is unknown
     */
    record PinnedDataset(String id, String key, String rowVersion) {}

    /** Reads the result of this instance's second step. */
    static PinnedInputs of(StepContext context) {
        return read(context.result(GetFileMetadata.NAME));
    }

    static PinnedInputs read(JsonNode result) {
        List<MergeInput> inputs = new ArrayList<>();
        for (JsonNode input : result.path(INPUTS)) {
            inputs.add(new MergeInput(
                    Json.requireText(input, KEY),
                    Json.requireText(input, GROUP),
                    input.path(SIZE).longValue(),
                    Json.requireText(input, VERSION)));
        }
        List<PinnedDataset> datasets = new ArrayList<>();
        for (JsonNode dataset : result.path(DATASETS)) {
            datasets.add(new PinnedDataset(
                    Json.requireText(dataset, ID), Json.requireText(dataset, KEY), Json.requireText(dataset, VERSION)));
        }
        return new PinnedInputs(result.has(PASSED_OVER) ? passedOver(result) : null, inputs, datasets);
    }

    private static PassedOverObjects passedOver(JsonNode result) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        result.path(PASSED_OVER)
                .fields()
                .forEachRemaining(
                        count -> counts.put(count.getKey(), count.getValue().intValue()));
        return new PassedOverObjects(counts, Json.texts(result.path(PASSED_OVER_KEYS)));
    }

    ObjectNode toJson() {
        ObjectNode result = Json.object();
        if (passedOver != null) {
            ObjectNode counts = result.putObject(PASSED_OVER);
            passedOver.counts().forEach(counts::put);
            result.set(PASSED_OVER_KEYS, Json.array(passedOver.keys()));
        }
        result.put(OBJECTS, inputs.size());
        result.put(SIZE, bytes());
        ArrayNode pinned = result.putArray(INPUTS);
        for (MergeInput input : inputs) {
            pinned.addObject()
                    .put(KEY, input.key())
                    .put(GROUP, input.group())
                    .put(SIZE, input.size())
                    .put(VERSION, input.version());
        }
        ArrayNode rows = result.putArray(DATASETS);
        for (PinnedDataset dataset : datasets) {
            rows.addObject().put(ID, dataset.id()).put(KEY, dataset.key()).put(VERSION, dataset.rowVersion());
        }
        return result;
    }

    /** Returns the sum of the inputs' sizes. */
    long bytes() {
        return inputs.stream().mapToLong(MergeInput::size).sum();
    }
}
