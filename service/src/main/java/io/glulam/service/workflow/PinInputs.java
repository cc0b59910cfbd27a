package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.inputs.PassedOver;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.Bucket.FoundObjects;
import io.glulam.service.bucket.MergeInput;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Leftovers;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.MergeRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Step 2 of a merge: size and version of every object, by listings and requests for metadata only, and the datasets whose
 * objects they are. Objects that a dataset has moved away from are not taken: their rows are in the new object, too.
 */
final class PinInputs implements Step {
    private static final int MAX_NAMED = 100;

    private final Bucket bucket;
    private final Catalog catalog;
    private final Leftovers leftovers;
    private final CompactionRequest.Defaults defaults;
    private final Clock clock;

    PinInputs(Bucket bucket, Catalog catalog, Leftovers leftovers, CompactionRequest.Defaults defaults, Clock clock) {
        this.bucket = bucket;
        this.catalog = catalog;
        this.leftovers = leftovers;
        this.defaults = defaults;
        this.clock = clock;
    }

    @Override
    public String name() {
        return GetFileMetadata.NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        MergeRequest request = MergeRequest.read(context.instance().request(), defaults);
        ObjectNode result = Json.object();
        List<MergeInput> inputs = request.prefix() == null ? named(request) : found(request, request.prefix(), result);
        if (inputs.size() > MergeRequest.MAX_INPUTS) {
            throw new StepFailed(
                    "TooManyInputs",
                    inputs.size() + " objects are more than " + MergeRequest.MAX_INPUTS,
                    "merge a part of them at a time");
        }
        if (!request.isIntoFolder()) {
            requireOneGroup(inputs);
        }
        result.put("objects", inputs.size());
        result.put("size", inputs.stream().mapToLong(MergeInput::size).sum());
        MergeSteps.putInputs(result, inputs);
        MergeSteps.putDatasets(
                result, catalog.withKeys(inputs.stream().map(MergeInput::key).toList()));
        return result;
    }

    /** Objects of several folders or partitions stay apart: one new object does not hold them. */
    private static void requireOneGroup(List<MergeInput> inputs) {
        for (MergeInput input : inputs) {
            String group = inputs.get(0).group();
            if (!input.group().equals(group)) {
                throw new StepFailed(
                        "SeveralFolders",
                        "the objects lie in several folders (" + words(group) + ", " + words(input.group())
                                + "), which stay apart",
                        "merge those of each folder into a target of their own");
            }
        }
    }

    private static String words(String group) {
        return group.isEmpty() ? "none" : group;
    }

    private List<MergeInput> named(MergeRequest request) {
        List<MergeInput> inputs = new ArrayList<>();
        for (String key : request.keys()) {
            if (leftovers.contains(key)) {
                throw new StepFailed(
                        "ObjectReplaced",
                        "the object " + key + " is to be deleted: another one has its rows",
                        "leave it out");
            }
            inputs.add(bucket.pin(key)
                    .orElseThrow(() -> new StepFailed("ObjectMissing", "there is no object " + key, "check the key")));
        }
        return inputs;
    }

    private List<MergeInput> found(MergeRequest request, String prefix, ObjectNode result) {
        FoundObjects found = bucket.parquet(prefix, request.filter(clock.instant()));
        List<MergeInput> inputs = new ArrayList<>();
        ObjectNode counts = result.putObject("passedOver");
        ArrayNode named = result.putArray("passedOverKeys");
        for (Map.Entry<PassedOver.Reason, Integer> count : found.counts().entrySet()) {
            counts.put(count.getKey().name(), count.getValue());
        }
        found.passedOver().stream().limit(MAX_NAMED).forEach(passed -> named.add(passed.name()));
        int replaced = 0;
        for (MergeInput input : found.inputs()) {
            if (leftovers.contains(input.key())) {
                replaced++;
            } else {
                inputs.add(input);
            }
        }
        if (replaced > 0) {
            counts.put("REPLACED", replaced);
        }
        return inputs;
    }
}
