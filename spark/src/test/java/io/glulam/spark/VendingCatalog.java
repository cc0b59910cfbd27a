package io.glulam.spark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.rest.credentials.ImmutableCredential;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequestParser;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.apache.iceberg.rest.responses.LoadTableResponseParser;
import org.apache.iceberg.types.Types;

/** A REST catalog of one table, {@code db.t}, that hands out keys for the table's files. Keeps metadata in memory. */
final class VendingCatalog implements AutoCloseable {
    private final HttpServer server;
    private final String location;
    private final Map<String, String> keys;
    private TableMetadata metadata;
    private int version;

    /**
     * Starts one.
     *
     * @param location of the table
     * @param keys properties of the table's files
     */
    VendingCatalog(String location, Map<String, String> keys) throws IOException {
        this.location = location;
        this.keys = keys;
        this.metadata = located(TableMetadata.newTableMetadata(
                new Schema(
                        Types.NestedField.optional(1, "id", Types.LongType.get()),
                        Types.NestedField.optional(2, "text", Types.StringType.get())),
                PartitionSpec.unpartitioned(),
                location,
                Map.of("write.distribution-mode", "none")));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try (exchange) {
            if (path.endsWith("/config")) {
                answer(exchange, 200, "{\"defaults\":{},\"overrides\":{}}");
            } else if (!path.endsWith("/namespaces/db/tables/t")) {
                answer(
                        exchange,
                        404,
                        "{\"error\":{\"message\":\"none\",\"type\":\"NoSuchTableException\",\"code\":404}}");
            } else if (exchange.getRequestMethod().equals("POST")) {
                commit(exchange, UpdateTableRequestParser.fromJson(body));
            } else {
                answer(exchange, 200, loaded());
            }
        }
    }

    private void commit(HttpExchange exchange, UpdateTableRequest request) throws IOException {
        try {
            for (UpdateRequirement requirement : request.requirements()) {
                requirement.validate(metadata);
            }
        } catch (CommitFailedException e) {
            answer(
                    exchange,
                    409,
                    "{\"error\":{\"message\":\"conflict\",\"type\":\"CommitFailedException\",\"code\":409}}");
            return;
        }
        TableMetadata.Builder changed = TableMetadata.buildFrom(metadata);
        request.updates().forEach(update -> update.applyTo(changed));
        metadata = located(changed.build());
        answer(exchange, 200, loaded());
    }

    /** A client takes metadata for new if it has another location. */
    private TableMetadata located(TableMetadata changed) {
        version++;
        return TableMetadata.buildFrom(changed)
                .discardChanges()
                .withMetadataLocation(location + "/metadata/v" + version + ".json")
                .build();
    }

    private String loaded() {
        return LoadTableResponseParser.toJson(LoadTableResponse.builder()
                .withTableMetadata(metadata)
                .addCredential(ImmutableCredential.builder()
                        .prefix(location)
                        .config(keys)
                        .build())
                .build());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        // The JDK's server closes idle connections without a word, which a client may just be using again.
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
