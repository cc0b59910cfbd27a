package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.MergeInput;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.catalog.DatasetUpdate;
import io.glulam.service.catalog.UpdateResult;
import io.glulam.service.json.Json;
import io.glulam.storage.ObjectFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Step 4 of a merge: writes it into the rows of all datasets concerned, those whose objects were merged and those whose
 * objects are new. A flag is cleared only if the row is what step 2 has read and the object still is the version that was
 * merged or published.
 */
final class UpdateMergedDatasets implements Step {
    private final Catalog catalog;
    private final Bucket bucket;

    UpdateMergedDatasets(Catalog catalog, Bucket bucket) {
        this.catalog = catalog;
        this.bucket = bucket;
    }

    @Override
    public String name() {
        return UpdateMetadata.NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        JsonNode pinned = context.result(GetFileMetadata.NAME);
        JsonNode merged = context.result(AnalyzeAndCompact.NAME);
        Updates updates = new Updates(CompactedObject.publishedAt(merged));
        Map<String, String> versions =
                MergeSteps.inputs(pinned).stream().collect(Collectors.toMap(MergeInput::key, MergeInput::version));
        Merged taken = new Merged(merged);
        for (MergeSteps.PinnedDataset row : MergeSteps.datasets(pinned)) {
            updates.update(
                    row.id(), row.key(), versions.get(row.key()), taken.holds(row.key()) ? row.rowVersion() : null);
        }
        Map<String, String> published = new HashMap<>();
        for (JsonNode output : merged.path(MergeSteps.OUTPUTS)) {
            published.put(
                    output.path(MergeSteps.KEY).textValue(),
                    output.path(MergeSteps.VERSION).textValue());
        }
        // Rows are read before their objects, so that a flag that tells of a later object stays.
        for (Dataset row : catalog.withKeys(List.copyOf(published.keySet()))) {
            updates.update(row.id(), String.valueOf(row.key()), published.get(row.key()), row.version());
        }
        return updates.output;
    }

    /** Which of the pinned objects have their rows in new objects, or would stay as they are. */
    private static final class Merged {
        private final Set<String> left = new HashSet<>();
        private final boolean known;

        Merged(JsonNode merged) {
            merged.path(MergeSteps.LEFT).forEach(key -> left.add(key.textValue()));
            // The report names a thousand files.
            known = merged.path("passedOver").path("FEW").asInt() == left.size();
        }

        boolean holds(String key) {
            return known && !left.contains(key);
        }
    }

    private final class Updates {
        private final ObjectNode output = Json.object();
        private final ArrayNode datasets = output.putArray(MergeSteps.DATASETS);
        private final @Nullable Instant time;

        /** @param time of the last publishing; null if nothing was published */
        Updates(@Nullable Instant time) {
            this.time = time;
            output.put("flagKept", false);
        }

        /**
         * @param version that the object had
         * @param rowVersion null to keep the flag
         */
        void update(String id, String key, @Nullable String version, @Nullable String rowVersion) {
            @Nullable ObjectFacts head = bucket.find(key).orElse(null);
            boolean same = head != null && head.version().equals(version);
            UpdateResult result = head == null
                    ? UpdateResult.FLAG_KEPT
                    : catalog.update(
                            id,
                            new DatasetUpdate(rowVersion == null ? null : time, head.size(), same ? rowVersion : null));
            ObjectNode json = datasets.addObject();
            json.put(MergeSteps.ID, id);
            json.put(MergeSteps.KEY, key);
            boolean kept = result != UpdateResult.FLAG_CLEARED;
            json.put("flagKept", kept);
            if (kept) {
                String reason = reason(result, rowVersion != null, same);
                json.put("reason", reason);
                output.put("flagKept", true);
                output.put("reason", "dataset " + id + ": " + reason);
            }
        }

        private static String reason(UpdateResult result, boolean merged, boolean same) {
            if (result == UpdateResult.MISSING) {
                return "the dataset was removed from the catalog meanwhile";
            }
            if (!merged) {
                return "the object was not merged";
            }
            return same ? "the dataset's row has changed meanwhile" : "the object has changed since";
        }
    }
}
