package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;

/** The one step of a table's instance where the server serves no tables any more. */
final class LackingTables implements Step {
    @Override
    public String name() {
        return ValidateDataset.NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        throw new StepFailed(
                "TableNotServed", "this server serves no tables", "start it with --tables, then restart the instance");
    }
}
