package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.ledger.Status;
import java.time.Duration;

/** Hears what instances do, to count it. Must return quickly and not throw. */
public interface Observer {
    /** Hears nothing. */
    Observer NONE = new Observer() {};

    /** An attempt at a step has ended. */
    default void stepEnded(String step, boolean success, Duration took) {}

    /** A step has come to its result. */
    default void result(String step, JsonNode output) {}

    /** An instance has ended. */
    default void instanceEnded(Status status) {}
}
