package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.request.InvalidField;
import org.jspecify.annotations.Nullable;

/** The one step of a table's instance where the server serves no tables any more. */
final class LackingTables implements Step {
    /**
     * Returns the tables that are served.
     *
     * @throws InvalidField if none are
     */
    static TableWork require(@Nullable TableWork tables) {
        if (tables == null) {
            throw new InvalidField("table", "cannot be served: the server was started without --tables");
        }
        return tables;
    }

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
