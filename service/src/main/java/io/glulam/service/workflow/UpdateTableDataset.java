package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.DatasetUpdate;
import io.glulam.service.catalog.UpdateResult;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.TableFiles;
import io.glulam.service.request.TableJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Step 5 of a table: writes time and size into its dataset's row, if it has one. It clears the flag only if the row is the
 * version that step 1 read and the whole table was compacted.
 */
final class UpdateTableDataset implements Step {
    private final TableWork work;
    private final Catalog catalog;
    private final TableFiles files;

    UpdateTableDataset(TableWork work, Catalog catalog, TableFiles files) {
        this.work = work;
        this.catalog = catalog;
        this.files = files;
    }

    @Override
    public String name() {
        return UpdateMetadata.NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        PlannedTable plan = PlannedTable.of(context);
        // The table holds these files now.
        files.remove(context.run().instanceId(), plan.work());
        String id = context.instance().datasetId();
        return id.isEmpty() ? Json.object() : updated(context, id, plan);
    }

    private JsonNode updated(StepContext context, String id, PlannedTable plan) {
        CommittedTable committed = CommittedTable.of(context);
        Instant time = committed.publishedAt();
        String kept = partly(work.job(context), plan, committed);
        long size = size(work.job(context), id, plan, committed);
        String version = ValidatedDataset.of(context).rowVersion();
        UpdateResult result = catalog.update(id, new DatasetUpdate(time, size, kept == null ? version : null));
        if (result == UpdateResult.MISSING) {
            throw new StepFailed(
                    "DatasetNotFound", "dataset " + id + " was removed from the catalog meanwhile", "add it again");
        }
        String reason = kept == null ? "the dataset's row has changed meanwhile" : kept;
        return new UpdatedDataset(result == UpdateResult.FLAG_KEPT ? reason : null, size, time).toJson();
    }

    private static @Nullable String partly(TableJob job, PlannedTable plan, CommittedTable committed) {
        if (job.where() != null || job.branch() != null) {
            return "only a part of the table was asked for";
        }
        if (committed.failedCommits() > 0) {
            return "a commit failed";
        }
        return plan.pin().taken().left() > 0 ? "a ceiling was reached" : null;
    }

    /** Returns the table's size. The plan of a part of the table does not know the other files: the catalog's size stays. */
    private long size(TableJob job, String id, PlannedTable plan, CommittedTable committed) {
        long selected = plan.bytes() + committed.bytesGained();
        return job.where() == null && job.branch() == null
                ? selected
                : catalog.find(id).map(dataset -> dataset.fileSizeBytes()).orElse(selected);
    }
}
