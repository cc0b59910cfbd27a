package io.glulam.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.glulam.tables.iceberg.DemoTable;
import io.glulam.tables.iceberg.files.GlulamFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTCatalogProperties;
import org.apache.iceberg.rest.requests.UpdateTableRequestParser;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.ErrorResponseParser;
import org.apache.iceberg.rest.responses.LoadTableResponseParser;

/** The catalog of {@link ServedTable}'s Iceberg table, as another writer has it, and as a REST catalog with a token. */
final class ServedCatalog implements AutoCloseable {
    private static final TableIdentifier TABLE = TableIdentifier.of(
            Namespace.of(DemoTable.address().namespace().toArray(String[]::new)),
            DemoTable.address().table());

    private final JdbcCatalog catalog = new JdbcCatalog();
    private final HttpServer server;
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger clients = new AtomicInteger();

    ServedCatalog(Path folder) {
        Map<String, String> properties = new HashMap<>();
        DemoTable.catalogProperties(folder)
                .forEach(pair ->
                        properties.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1)));
        properties.remove("type");
        properties.put("io-impl", GlulamFileIO.class.getName());
        catalog.initialize("demo", properties);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    Table table() {
        return catalog.loadTable(TABLE);
    }

    /** Commits that came over REST. */
    int commits() {
        return commits.get();
    }

    /** How often a client has asked for the configuration, with which each begins. */
    int clients() {
        return clients.get();
    }

    /** Names of the runs whose commits the table's history has, oldest first. */
    List<String> runs() {
        return java.util.stream.StreamSupport.stream(table().snapshots().spliterator(), false)
                .map(Snapshot::summary)
                .filter(summary -> summary.containsKey("glulam.run"))
                .map(summary -> summary.get("glulam.run"))
                .collect(Collectors.toList());
    }

    /** Makes a server reach the catalog over REST only. */
    void serveOverRest(Path folder) {
        String configuration = "demo.type=rest\ndemo.uri=http://127.0.0.1:"
                + server.getAddress().getPort() + "\ndemo.token=" + ServedTable.SECRET + "\ndemo.allowed-locations="
                + folder + "\n";
        try {
            Files.writeString(folder.resolve("catalogs.properties"), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean known = ("Bearer " + ServedTable.SECRET)
                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        try (exchange) {
            if (!known) {
                answer(exchange, 401, error(401, "NotAuthorizedException", "no token"));
            } else if (path.equals("/v1/config")) {
                clients.incrementAndGet();
                answer(exchange, 200, "{\"defaults\":{},\"overrides\":{}}");
            } else if (exchange.getRequestMethod().equals("GET")) {
                answer(
                        exchange,
                        200,
                        LoadTableResponseParser.toJson(
                                CatalogHandlers.loadTable(catalog, TABLE, RESTCatalogProperties.SnapshotMode.ALL)));
            } else {
                commits.incrementAndGet();
                answer(
                        exchange,
                        200,
                        LoadTableResponseParser.toJson(
                                CatalogHandlers.updateTable(catalog, TABLE, UpdateTableRequestParser.fromJson(body))));
            }
        } catch (CommitFailedException e) {
            answer(exchange, 409, error(409, "CommitFailedException", String.valueOf(e.getMessage())));
        }
    }

    private static String error(int code, String type, String message) {
        return ErrorResponseParser.toJson(ErrorResponse.builder()
                .responseCode(code)
                .withType(type)
                .withMessage(message)
                .build());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        catalog.close();
    }
}
