package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.inputs.PassedOver;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.Bucket.FoundObjects;
import io.glulam.service.bucket.MergeInput;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.ledger.Leftovers;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.MergeRequest;
import io.glulam.service.workflow.PinnedInputs.PassedOverObjects;
import io.glulam.service.workflow.PinnedInputs.PinnedDataset;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Step 2 of a merge: size and version of every object, by listings and requests for metadata only, and the datasets whose
 * objects they are. Objects that a dataset has moved away from are not taken: their rows are in the new object, too.
 */
final class PinInputs implements Step {
    private static final int MAX_NAMED = 100;

    /** The reason of objects that a dataset has moved away from, beside those of {@link PassedOver}. */
    private static final String REPLACED = "REPLACED";

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
        FoundObjects found =
                request.prefix() == null ? null : bucket.parquet(request.prefix(), request.filter(clock.instant()));
        List<MergeInput> inputs = found == null ? named(request) : notReplaced(found.inputs());
        if (inputs.size() > MergeRequest.MAX_INPUTS) {
            throw new StepFailed(
                    "TooManyInputs",
                    inputs.size() + " objects are more than " + MergeRequest.MAX_INPUTS,
                    "merge a part of them at a time");
        }
        if (!request.isIntoFolder()) {
            requireOneGroup(inputs);
        }
        return new PinnedInputs(found == null ? null : passedOver(found, inputs), inputs, datasets(inputs)).toJson();
    }

    private List<PinnedDataset> datasets(List<MergeInput> inputs) {
        return catalog.withKeys(inputs.stream().map(MergeInput::key).toList()).stream()
                .map(row -> new PinnedDataset(row.id(), Objects.requireNonNull(row.key()), row.version()))
                .toList();
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

    private List<MergeInput> notReplaced(List<MergeInput> found) {
        return found.stream().filter(input -> !leftovers.contains(input.key())).toList();
    }

    private static PassedOverObjects passedOver(FoundObjects found, List<MergeInput> inputs) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        found.counts().forEach((reason, count) -> counts.put(reason.name(), count));
        int replaced = found.inputs().size() - inputs.size();
        if (replaced > 0) {
            counts.put(REPLACED, replaced);
        }
        return new PassedOverObjects(
                counts,
                found.passedOver().stream()
                        .limit(MAX_NAMED)
                        .map(PassedOver::name)
                        .toList());
    }
}
