package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One durable step. It may be run again after a crash at any moment, and must come to the same end then. Its result is
 * kept, and is all that later steps know of it.
 */
interface Step {
    /** Ends the instance well, with nothing more to do, if a result holds it. */
    String SKIPPED = "skipped";

    /** Its name, which never changes. */
    String name();

    /** Does the work. Throws what {@link Failure} knows. */
    JsonNode run(StepContext context);
}
