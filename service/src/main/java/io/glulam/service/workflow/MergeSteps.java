package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.MergeInput;
import java.util.ArrayList;
import java.util.List;

/** What the steps of a merge tell each other, as the ledger keeps it. */
final class MergeSteps {
    static final String DATASETS = "datasets";
    static final String ID = "datasetId";
    static final String KEY = "bucketKey";
    static final String ROW_VERSION = "version";
    static final String OUTPUTS = "outputs";
    static final String SIZE = "size";
    static final String VERSION = "version";
    /** Keys of objects of which no row is in an output. */
    static final String LEFT = "left";

    private static final String INPUTS = "inputs";
    private static final String GROUP = "group";

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
}
