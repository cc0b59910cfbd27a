package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.DatasetUpdate;
import io.glulam.service.catalog.UpdateResult;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Leftovers;
import io.glulam.storage.ObjectFacts;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Step 4: what came of it, written into the catalog. The flag is cleared only if the row is what step 1 has read, and
 * the object what step 3 has left; otherwise another process has changed it, and the flag is its own.
 */
final class UpdateMetadata implements Step {
    static final String NAME = "update-metadata";

    private final Catalog catalog;
    private final Bucket bucket;
    private final Leftovers leftovers;
    private final CompactionResources resources;
    private final Clock clock;

    UpdateMetadata(Catalog catalog, Bucket bucket, Leftovers leftovers, CompactionResources resources, Clock clock) {
        this.catalog = catalog;
        this.bucket = bucket;
        this.leftovers = leftovers;
        this.resources = resources;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        CompactedObject compacted = CompactedObject.of(context);
        String id = context.instance().datasetId();
        @Nullable ObjectFacts head = bucket.find(compacted.key()).orElse(null);
        boolean same = head != null && head.version().equals(compacted.version());
        if (!compacted.key().equals(context.key())) {
            moveTo(context, compacted, same);
        }
        long size = head == null ? compacted.size() : head.size();
        UpdateResult result = catalog.update(
                id,
                new DatasetUpdate(compacted.publishedAt(), size, same ? ValidateDataset.rowVersion(context) : null));
        if (result == UpdateResult.MISSING) {
            throw new StepFailed(
                    "DatasetNotFound", "dataset " + id + " was removed from the catalog meanwhile", "add it again");
        }
        ObjectNode output = Json.object();
        output.put("flagKept", result == UpdateResult.FLAG_KEPT);
        if (result == UpdateResult.FLAG_KEPT) {
            output.put("reason", same ? "the dataset's row has changed meanwhile" : "the object has changed since");
        }
        output.put("fileSizeBytes", size);
        output.put("lastCompactedAt", Json.time(compacted.publishedAt()));
        return output;
    }

    private void moveTo(StepContext context, CompactedObject compacted, boolean same) {
        String id = context.instance().datasetId();
        String target = compacted.key();
        if (!same) {
            throw new StepFailed(
                    "ObjectLost", "the new object " + target + " is not there any more", "restart the instance");
        }
        if (!catalog.changeKey(id, context.key(), target)) {
            throw new StepFailed(
                    "KeyMismatch",
                    "the catalog's key of dataset " + id + " was changed meanwhile; the new object is deleted later",
                    "restart the instance");
        }
        leftovers.remove(target);
        leftovers.add(
                context.key(),
                compacted.sourceVersion(),
                context.run().instanceId(),
                clock.instant().plus(resources.grace()));
    }
}
