package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.MergeInput;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.catalog.DatasetUpdate;
import io.glulam.service.catalog.UpdateResult;
import io.glulam.storage.ObjectFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Step 4 of a merge: updates the rows of all datasets concerned, those whose objects were merged and those whose objects are
 * new. A flag is cleared only if the row is what step 2 has read and the object still is the version that was merged or
 * published.
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
        PinnedInputs pinned = PinnedInputs.of(context);
        MergedObjects merged = MergedObjects.of(context);
        Instant time = merged.publishedAt();
        List<UpdatedDatasets.Row> rows = new ArrayList<>();
        Map<String, String> versions =
                pinned.inputs().stream().collect(Collectors.toMap(MergeInput::key, MergeInput::version));
        for (PinnedInputs.PinnedDataset row : pinned.datasets()) {
            String rowVersion = merged.holds(row.key()) ? row.rowVersion() : null;
            rows.add(update(row.id(), row.key(), versions.get(row.key()), rowVersion, time));
        }
        Map<String, String> published = merged.versions();
        // Rows are read before their objects, so that a flag that tells of a later object stays.
        for (Dataset row : catalog.withKeys(List.copyOf(published.keySet()))) {
            String key = String.valueOf(row.key());
            rows.add(update(row.id(), key, published.get(key), row.version(), time));
        }
        return new UpdatedDatasets(rows).toJson();
    }

    /**
     * Updates the row of one dataset.
     *
     * @param version that its object had
     * @param rowVersion null if the object was not merged, and then the flag stays
     * @param time of the last publishing; null if nothing was published
     */
    private UpdatedDatasets.Row update(
            String id, String key, @Nullable String version, @Nullable String rowVersion, @Nullable Instant time) {
        @Nullable ObjectFacts head = bucket.find(key).orElse(null);
        boolean same = head != null && head.version().equals(version);
        UpdateResult result = head == null
                ? UpdateResult.FLAG_KEPT
                : catalog.update(
                        id, new DatasetUpdate(rowVersion == null ? null : time, head.size(), same ? rowVersion : null));
        boolean cleared = result == UpdateResult.FLAG_CLEARED;
        return new UpdatedDatasets.Row(id, key, cleared ? null : reason(result, rowVersion != null, same));
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
