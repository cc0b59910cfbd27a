package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.ledger.Status;
import java.time.Duration;

/** Counts what instances do. Its methods must return quickly and must not throw. */
public interface Observer {
    /** Counts nothing. */
    Observer NONE = new Observer() {};

    /** An attempt at a step has ended. */
    default void stepEnded(String step, boolean success, Duration took) {}

    /** A step has ended with a result. */
    default void result(String step, JsonNode output) {}

    /** An instance has ended. */
    default void instanceEnded(Status status) {}
}
