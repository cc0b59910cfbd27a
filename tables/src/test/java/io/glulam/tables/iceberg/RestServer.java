package io.glulam.tables.iceberg;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequestParser;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.ErrorResponseParser;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.apache.iceberg.rest.responses.LoadTableResponseParser;

/** A REST catalog over a table of another catalog, whose answers a test can change. */
final class RestServer implements AutoCloseable {
    private final TestTable table;
    private final HttpServer server;

    /** What it answers about itself and about the table, besides the metadata. */
    final Map<String, String> defaults = new HashMap<>();

    final Map<String, String> overrides = new HashMap<>();
    final Map<String, String> tableConfig = new HashMap<>();

    /** The endpoints that it offers, as it answers about itself; empty for not telling. */
    final List<String> endpoints = new ArrayList<>();

    /** Method, path and Authorization of all requests. */
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /** How commits are answered. */
    volatile Commits commits = Commits.TRUTHFULLY;

    /** Where requests are sent on to; null to answer them. */
    volatile String redirect;

    enum Commits {
        TRUTHFULLY,
        /** The commit is carried out, and the answer is an error. */
        DONE_AND_LOST,
        /** The commit is not carried out, and the answer is an error of the server. */
        FAILED,
        /** As {@code DONE_AND_LOST}, and afterwards the catalog answers nothing any more. */
        DONE_AND_GONE,
        /** The commit is carried out, and the answer is that of a second try. */
        DONE_AND_CONFLICT,
        FORBIDDEN
    }

    private volatile boolean gone;

    RestServer(TestTable table) {
        this.table = table;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/catalog";
    }

    /** How the catalog is reached, with more of its properties. */
    IcebergTables.Access access(Map<String, String> environment, String... more) {
        List<String> pairs = new ArrayList<>(List.of("type=rest", "uri=" + uri()));
        pairs.addAll(List.of(more));
        return new IcebergTables.Access(java.nio.file.Path.of("/nonexistent"), pairs, environment);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            if (gone) {
                answer(exchange, 500, "{}");
            } else if (redirect != null) {
                exchange.getResponseHeaders().set("Location", redirect);
                answer(exchange, 307, "");
            } else if (path.endsWith("/v1/config")) {
                answer(
                        exchange,
                        200,
                        "{\"defaults\":" + json(defaults) + ",\"overrides\":" + json(overrides) + offered() + "}");
            } else if (path.endsWith("/oauth/tokens")) {
                answer(exchange, 200, "{\"access_token\":\"exchanged\",\"token_type\":\"bearer\",\"expires_in\":3600}");
            } else if (path.endsWith("/tables/events")
                    && exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 200, loaded());
            } else if (path.endsWith("/tables/events")) {
                commit(exchange, new String(body, StandardCharsets.UTF_8));
            } else {
                answer(exchange, 404, error(404, "NoSuchTableException", "no such table"));
            }
        }
    }

    private String offered() {
        return endpoints.isEmpty() ? "" : ",\"endpoints\":[\"" + String.join("\",\"", endpoints) + "\"]";
    }

    private String loaded() {
        LoadTableResponse response = LoadTableResponse.builder()
                .withTableMetadata(metadata())
                .addAllConfig(tableConfig)
                .build();
        return LoadTableResponseParser.toJson(response);
    }

    private TableMetadata metadata() {
        return ((BaseTable) table.other()).operations().current();
    }

    private void commit(HttpExchange exchange, String body) throws IOException {
        UpdateTableRequest request = UpdateTableRequestParser.fromJson(body);
        if (commits == Commits.FAILED) {
            answer(exchange, 500, error(500, "ServiceFailureException", "failed"));
            return;
        }
        if (commits == Commits.FORBIDDEN) {
            answer(exchange, 403, error(403, "ForbiddenException", "no"));
            return;
        }
        Table target = table.other();
        TableMetadata base = ((BaseTable) target).operations().current();
        try {
            for (UpdateRequirement requirement : request.requirements()) {
                requirement.validate(base);
            }
            TableMetadata.Builder changed = TableMetadata.buildFrom(base);
            request.updates().forEach(update -> update.applyTo(changed));
            ((BaseTable) target).operations().commit(base, changed.build());
        } catch (CommitFailedException e) {
            answer(exchange, 409, error(409, "CommitFailedException", e.getMessage()));
            return;
        }
        gone = commits == Commits.DONE_AND_GONE;
        if (commits == Commits.TRUTHFULLY) {
            answer(exchange, 200, loaded());
        } else if (commits == Commits.DONE_AND_CONFLICT) {
            answer(exchange, 409, error(409, "CommitFailedException", "the branch has changed"));
        } else {
            answer(exchange, 502, error(502, "BadGateway", "lost"));
        }
    }

    private static String error(int code, String type, String message) {
        return ErrorResponseParser.toJson(ErrorResponse.builder()
                .responseCode(code)
                .withType(type)
                .withMessage(message)
                .build());
    }

    private static String json(Map<String, String> map) {
        StringBuilder json = new StringBuilder("{");
        new LinkedHashMap<>(map)
                .forEach((key, value) -> json.append(json.length() > 1 ? "," : "")
                        .append('"')
                        .append(key)
                        .append("\":\"")
                        .append(value)
                        .append('"'));
        return json.append('}').toString();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
