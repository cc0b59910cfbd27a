package io.glulam.testkit.spark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequestParser;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.apache.iceberg.rest.responses.LoadTableResponseParser;

/** A REST catalog of one table, whose answers take a while. Knows what a compaction asks for. */
final class RestCatalog {
    private static final int CONFLICT = 409;

    private final TableOperations table;
    private final long latencyMillis;
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;

    RestCatalog(Table table, long latencyMillis) throws IOException {
        this.table = ((BaseTable) table).operations();
        this.latencyMillis = latencyMillis;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "rest-catalog");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Number of requests so far. */
    int requests() {
        return requests.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            Thread.sleep(latencyMillis);
            if (exchange.getRequestURI().getPath().endsWith("/config")) {
                answer(exchange, 200, "{\"defaults\":{},\"overrides\":{}}");
            } else if (exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 200, loaded());
            } else {
                commit(exchange, new String(body, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void commit(HttpExchange exchange, String body) throws IOException {
        UpdateTableRequest request = UpdateTableRequestParser.fromJson(body);
        TableMetadata base = table.current();
        try {
            for (UpdateRequirement requirement : request.requirements()) {
                requirement.validate(base);
            }
        } catch (org.apache.iceberg.exceptions.CommitFailedException e) {
            answer(
                    exchange,
                    CONFLICT,
                    "{\"error\":{\"message\":\"conflict\",\"type\":\"CommitFailedException\",\"code\":409}}");
            return;
        }
        TableMetadata.Builder changed = TableMetadata.buildFrom(base);
        request.updates().forEach(update -> update.applyTo(changed));
        table.commit(base, changed.build());
        answer(exchange, 200, loaded());
    }

    private String loaded() {
        return LoadTableResponseParser.toJson(
                LoadTableResponse.builder().withTableMetadata(table.refresh()).build());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
