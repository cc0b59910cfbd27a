package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.ledger.Status;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls another observer, and logs its failures: they never stop a run. */
final class QuietObserver implements Observer {
    private static final Logger LOG = LoggerFactory.getLogger(QuietObserver.class);

    private final Observer observer;

    QuietObserver(Observer observer) {
        this.observer = observer;
    }

    @Override
    public void stepEnded(String step, boolean success, Duration took) {
        quietly(() -> observer.stepEnded(step, success, took));
    }

    @Override
    public void result(String step, JsonNode output) {
        quietly(() -> observer.result(step, output));
    }

    @Override
    public void instanceEnded(Status status) {
        quietly(() -> observer.instanceEnded(status));
    }

    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("an event was not counted", e);
        }
    }
}
