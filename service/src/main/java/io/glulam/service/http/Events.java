package io.glulam.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.glulam.concurrent.DaemonThreads;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Callbacks;
import io.glulam.service.ledger.Instance;
import io.glulam.service.ledger.Ledger;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events: an instance as {@code /status} shows it, whenever it has changed, until it ends. A stream lasts
 * some minutes at most; a client that wants more asks again, as browsers do by themselves.
 */
final class Events implements AutoCloseable {
    /** The duration of a stream. */
    static final int MAX_SECONDS = 300;

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final int MAX_STREAMS = 32;
    private static final long POLL_MILLIS = 500;
    private static final int BEATS = 20;

    private final Ledger ledger;
    private final Callbacks callbacks;
    private final Semaphore free = new Semaphore(MAX_STREAMS);
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> DaemonThreads.of(task, "glulam-events"));

    Events(Ledger ledger, Callbacks callbacks) {
        this.ledger = ledger;
        this.callbacks = callbacks;
    }

    /** Takes the exchange over. */
    Response stream(Request request, Instance instance) {
        if (request.exchange().getRequestMethod().equals(Router.HEAD)) {
            throw ApiError.methodNotAllowed(Set.of("GET"));
        }
        if (!free.tryAcquire()) {
            throw new ApiError(503, "Busy", "too many listeners", null, "poll /status instead");
        }
        threads.execute(() -> {
            try {
                run(request.exchange(), instance.id());
            } catch (IOException e) {
                LOG.debug("a listener has gone", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warn("a stream of events ended: {}", e.getMessage());
            } finally {
                request.exchange().close();
                free.release();
            }
        });
        return Router.HANDLED;
    }

    private void run(HttpExchange exchange, String id) throws IOException, InterruptedException {
        HttpService.secure(exchange.getResponseHeaders());
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        long end = System.nanoTime() + MAX_SECONDS * 1_000_000_000L;
        String last = "";
        int quiet = 0;
        while (System.nanoTime() < end) {
            Optional<Instance> instance = ledger.find(id);
            if (instance.isEmpty()) {
                return;
            }
            String now = event(instance.get());
            if (!now.equals(last)) {
                out.write(("event: status\ndata: " + now + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                last = now;
                quiet = 0;
            } else if (++quiet % BEATS == 0) {
                // Finds out that the client is gone.
                out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            if (instance.get().status().ended()) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Without the moment of the last sign of life, which would make every event a new one. */
    private String event(Instance instance) {
        ObjectNode json = InstanceJson.full(instance, ledger.steps(instance.id()), callbacks.of(instance.id()));
        if (!instance.status().ended()) {
            json.remove("updatedAt");
        }
        JsonNode event = json;
        return Json.text(event);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
