package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.ledger.Run;

/**
 * One durable step. It may be run again after a crash at any moment, and must come to the same end then. Its result is
 * kept, and is all that later steps rely on.
 */
interface Step {
    /** Ends the instance well, with nothing more to do, if a result holds it. */
    String SKIPPED = "skipped";

    /** Its name, which never changes. */
    String name();

    /** Does the work. Throws what {@link Failure} knows. */
    JsonNode run(StepContext context);

    /** Releases what the step has kept in memory for later steps of a run, which ends now, whatever its outcome. */
    default void runEnds(Run run) {}
}
