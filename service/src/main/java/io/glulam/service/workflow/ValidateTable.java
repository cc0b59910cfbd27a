package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;
import io.glulam.service.request.InvalidField;
import io.glulam.service.request.TableJob;

/** Step 1 of a table: checks that the server serves it, and reads whether its dataset, if any, needs a compaction. */
final class ValidateTable implements Step {
    private final TableWork work;
    private final Catalog catalog;

    ValidateTable(TableWork work, Catalog catalog) {
        this.work = work;
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return ValidateDataset.NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        TableJob job = work.job(context);
        try {
            work.require(job);
        } catch (InvalidField refused) {
            throw new StepFailed("TableNotServed", "the table " + refused.getMessage(), "check the server's settings");
        }
        ObjectNode result = Json.object();
        result.put("table", job.table());
        String id = context.instance().datasetId();
        return id.isEmpty() ? result : validated(context, id, job, result);
    }

    private JsonNode validated(StepContext context, String id, TableJob job, ObjectNode result) {
        Dataset dataset = catalog.find(id)
                .orElseThrow(() -> new StepFailed(
                        "DatasetNotFound", "the catalog has no dataset " + id, "check the id, or add the dataset"));
        if (dataset.key() != null && !dataset.key().equals(job.table())) {
            throw new StepFailed("KeyMismatch", "the catalog has another key for dataset " + id, "leave table out");
        }
        ValidatedDataset.of(dataset, null, context.terms().force()).write(result);
        return result;
    }
}
