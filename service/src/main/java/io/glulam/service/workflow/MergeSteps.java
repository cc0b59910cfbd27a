package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.MergeInput;
import io.glulam.service.catalog.Dataset;
import java.util.ArrayList;
import java.util.List;

/** The results that the steps of a merge pass on, as the ledger keeps them. */
final class MergeSteps {
    static final String DATASETS = "datasets";
    static final String ID = "datasetId";
    static final String KEY = "bucketKey";
    static final String OUTPUTS = "outputs";
    static final String SIZE = "size";
    static final String VERSION = "version";
    /** Keys of objects of which no row is in an output. */
    static final String LEFT = "left";

    private static final String INPUTS = "inputs";
    private static final String GROUP = "group";
    private static final String ROW_VERSION = "version";

    /**
     * A dataset whose object is an input.
     *
     * @param rowVersion that its row had when the inputs were pinned; empty if it is unknown
     */
    record PinnedDataset(String id, String key, String rowVersion) {}

    private MergeSteps() {}

    static void putInputs(ObjectNode result, List<MergeInput> inputs) {
        ArrayNode array = result.putArray(INPUTS);
        for (MergeInput input : inputs) {
            ObjectNode json = array.addObject();
            json.put(KEY, input.key());
            json.put(GROUP, input.group());
            json.put(SIZE, input.size());
            json.put(VERSION, input.version());
        }
    }

    static List<MergeInput> inputs(JsonNode result) {
        List<MergeInput> inputs = new ArrayList<>();
        for (JsonNode input : result.path(INPUTS)) {
            inputs.add(new MergeInput(
                    input.path(KEY).textValue(),
                    input.path(GROUP).textValue(),
                    input.path(SIZE).longValue(),
                    input.path(VERSION).textValue()));
        }
        return inputs;
    }

    static void putDatasets(ObjectNode result, List<Dataset> datasets) {
        ArrayNode array = result.putArray(DATASETS);
        for (Dataset dataset : datasets) {
            array.addObject().put(ID, dataset.id()).put(KEY, dataset.key()).put(ROW_VERSION, dataset.version());
        }
    }

    static List<PinnedDataset> datasets(JsonNode result) {
        List<PinnedDataset> datasets = new ArrayList<>();
        for (JsonNode dataset : result.path(DATASETS)) {
            datasets.add(new PinnedDataset(
                    dataset.path(ID).textValue(),
                    dataset.path(KEY).textValue(),
                    dataset.path(ROW_VERSION).textValue()));
        }
        return datasets;
    }
}
