package io.glulam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.glulam.service.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Data API with the dataset {@code uuid} and no other, whose answers a trap can hold. Thread-safe. */
final class OneDataset implements AutoCloseable {
    static final String KEY = "sb_secret_stand-in";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Trap trap;
    private ObjectNode row = Json.object();
    private int version;
    private boolean triggered;

    private OneDataset(HttpServer server, Trap trap) {
        this.server = server;
        this.trap = trap;
    }

    static OneDataset start(Trap trap) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OneDataset dataset = new OneDataset(server, trap);
            server.createContext("/rest/v1/datasets", dataset::answer);
            server.setExecutor(dataset.threads);
            server.start();
            return dataset;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /**
     * Flags it anew.
     *
     * @param withTrigger whether every change of the row changes its version
     */
    synchronized void reset(String key, boolean withTrigger) {
        triggered = withTrigger;
        row = Json.object().put("id", "uuid").put("bucket_key", key).put("compaction_needed", true);
        row.putNull("last_compacted_at").putNull("file_size_bytes").put("updated_at", ++version);
    }

    /** Somebody else flags it. */
    synchronized void flag() {
        row.put("compaction_needed", true).put("updated_at", ++version);
    }

    synchronized ObjectNode row() {
        return row.deepCopy();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Trap.Fate fate = trap.request("catalog:" + exchange.getRequestMethod());
        if (fate == Trap.Fate.HELD_BEFORE) {
            return;
        }
        JsonNode rows =
                answer(exchange.getRequestMethod(), exchange.getRequestURI().getRawQuery(), exchange);
        if (fate == Trap.Fate.HELD_AFTER) {
            return;
        }
        byte[] body = Json.bytes(rows);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized JsonNode answer(String method, String query, HttpExchange exchange) throws IOException {
        boolean matches = query.contains("id=eq.uuid")
                && (!query.contains("updated_at=eq.")
                        || query.contains(
                                "updated_at=eq." + row.path("updated_at").asText() + "&"));
        if (!matches) {
            return Json.array();
        }
        if (method.equals("PATCH")) {
            row.setAll((ObjectNode) Json.read(exchange.getRequestBody().readAllBytes()));
            if (triggered) {
                row.put("updated_at", ++version);
            }
            return Json.array().add(Json.object().put("id", "uuid"));
        }
        ObjectNode selected = Json.object();
        for (String column : URLDecoder.decode(query, StandardCharsets.UTF_8)
                .replaceFirst(".*select=([^&]*).*", "$1")
                .split(",", -1)) {
            String[] names = column.replace("::text", "").split(":", 2);
            selected.set(names[0], row.path(names[names.length - 1]));
        }
        return Json.array().add(selected);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
