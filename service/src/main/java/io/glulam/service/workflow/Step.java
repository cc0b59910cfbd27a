package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.ledger.Run;

/**
 * A durable step. After a crash it may run again, and must then come to the same end. The ledger keeps its result, and later
 * steps rely on nothing else.
 */
interface Step {
    /** A field of a result: if it is true, the instance is complete and no later step runs. */
    String SKIPPED = "skipped";

    /** Returns the name under which the ledger keeps the step. It never changes. */
    String name();

    /** Does the work, and returns the result as the ledger keeps it. Throws the exceptions that {@link Failure} maps. */
    JsonNode run(StepContext context);

    /** Releases what the step has kept in memory for later steps of a run, which ends now, whatever its outcome. */
    default void runEnds(Run run) {}
}
