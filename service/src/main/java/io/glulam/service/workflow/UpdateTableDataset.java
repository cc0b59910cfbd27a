package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.DatasetUpdate;
import io.glulam.service.catalog.UpdateResult;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.TableFiles;
import io.glulam.service.request.TableJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Step 5 of a table: writes time and size into its dataset's row, if it has one. The flag is cleared only if the row is what
 * step 1 has read, and the whole table was compacted.
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
        // They are the table's now.
        files.remove(context.run().instanceId(), plan.work());
        String id = context.instance().datasetId();
        return id.isEmpty() ? Json.object() : updated(context, id, plan);
    }

    private JsonNode updated(StepContext context, String id, PlannedTable plan) {
        JsonNode committed = context.result(CommitTable.NAME);
        Instant time = CompactedObject.publishedAt(committed);
        String kept = partly(work.job(context), plan, committed);
        long size = size(work.job(context), id, plan, committed);
        String version = ValidateDataset.rowVersion(context);
        UpdateResult result = catalog.update(id, new DatasetUpdate(time, size, kept == null ? version : null));
        if (result == UpdateResult.MISSING) {
            throw new StepFailed(
                    "DatasetNotFound", "dataset " + id + " was removed from the catalog meanwhile", "add it again");
        }
        ObjectNode output = Json.object();
        output.put("flagKept", result == UpdateResult.FLAG_KEPT);
        if (result == UpdateResult.FLAG_KEPT) {
            output.put("reason", kept == null ? "the dataset's row has changed meanwhile" : kept);
        }
        output.put("fileSizeBytes", size);
        output.put("lastCompactedAt", Json.time(time));
        return output;
    }

    private static @Nullable String partly(TableJob job, PlannedTable plan, JsonNode committed) {
        if (job.where() != null || job.branch() != null) {
            return "only a part of the table was asked for";
        }
        if (committed.path(CommitTable.FAILED_COMMITS).intValue() > 0) {
            return "a commit failed";
        }
        return plan.leftByCeiling() > 0 ? "a ceiling was reached" : null;
    }

    /** Whether a filter leaves files out, of which nothing is known. */
    private long size(TableJob job, String id, PlannedTable plan, JsonNode committed) {
        long change = committed.path("after").path("bytes").longValue()
                - committed.path("before").path("bytes").longValue();
        long selected = plan.bytes() + change;
        return job.where() == null && job.branch() == null
                ? selected
                : catalog.find(id).map(dataset -> dataset.fileSizeBytes()).orElse(selected);
    }
}
