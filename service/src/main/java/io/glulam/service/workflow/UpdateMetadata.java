package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.DatasetUpdate;
import io.glulam.service.catalog.UpdateResult;
import io.glulam.service.ledger.Leftovers;
import io.glulam.storage.ObjectFacts;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Step 4: writes time and size into the catalog. It clears the flag only if the row is the version that step 1 read and the
 * object the version that step 3 left; otherwise another process has changed one of them, and the flag stays.
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
                new DatasetUpdate(
                        compacted.publishedAt(),
                        size,
                        same ? ValidatedDataset.of(context).rowVersion() : null));
        if (result == UpdateResult.MISSING) {
            throw new StepFailed(
                    "DatasetNotFound", "dataset " + id + " was removed from the catalog meanwhile", "add it again");
        }
        String kept = same ? "the dataset's row has changed meanwhile" : "the object has changed since";
        return new UpdatedDataset(result == UpdateResult.FLAG_KEPT ? kept : null, size, compacted.publishedAt())
                .toJson();
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
