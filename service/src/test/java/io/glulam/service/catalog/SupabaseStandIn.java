package io.glulam.service.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.glulam.service.PostgresServer;
import io.glulam.service.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of Supabase's Data API as a catalog needs, over a real Postgres: its gateway's keys, PostgREST's grammar, error
 * codes and answers. What it does not know it refuses. {@code SupabaseClientTest} holds it to the real client.
 */
public final class SupabaseStandIn implements AutoCloseable {
    /** A key of the new kind. */
    public static final String SECRET = "sb_secret_stand-in_0123456789abcdef";

    /** A key for browsers. */
    public static final String PUBLISHABLE = "sb_publishable_stand-in_0123456789";

    /** A JSON web token of the role {@code service_role}; its signature is not looked at. */
    public static final String SERVICE_ROLE =
            "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c3RhbmQtaW4tc2lnbmF0dXJl";

    /** Supabase's roles, and the sketch's table. */
    public static final String SKETCH = """
            DO $$ BEGIN
              CREATE ROLE anon NOLOGIN; CREATE ROLE service_role NOLOGIN BYPASSRLS;
            EXCEPTION WHEN duplicate_object THEN NULL; END $$;
            CREATE TABLE datasets (
              id text PRIMARY KEY,
              bucket_key text,
              compaction_needed boolean NOT NULL DEFAULT false,
              last_compacted_at timestamptz,
              file_size_bytes bigint,
              updated_at timestamptz NOT NULL DEFAULT now());
            ALTER TABLE datasets ENABLE ROW LEVEL SECURITY;
            GRANT ALL ON datasets TO service_role;
            """;

    private static final Pattern PATH = Pattern.compile("/rest/v1/([^/]+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final String database;
    private final List<String> schemas;
    private final LinkedBlockingDeque<Fault> faults = new LinkedBlockingDeque<>();

    /** An answer that is given instead of the real one. */
    record Fault(int status, String body, String retryAfter, boolean afterwards) {}

    private SupabaseStandIn(HttpServer server, String database, List<String> schemas) {
        this.server = server;
        this.database = database;
        this.schemas = schemas;
    }

    /**
     * Starts one over a new database.
     *
     * @param sql makes its tables
     * @param schemas those that are exposed, the first by default
     */
    public static SupabaseStandIn start(String sql, String... schemas) {
        String database = PostgresServer.nameOf(PostgresServer.newDatabase());
        PostgresServer.run(database, sql);
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            SupabaseStandIn standIn =
                    new SupabaseStandIn(server, database, schemas.length == 0 ? List.of("public") : List.of(schemas));
            server.createContext("/", standIn::answer);
            server.setExecutor(standIn.threads);
            server.start();
            return standIn;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The project's URL. */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Answers the next request with this, without looking at it. */
    void fail(int status, String body, String retryAfter) {
        faults.add(new Fault(status, body, retryAfter, false));
    }

    /** Does what the next request asks for, and then loses the answer. */
    void loseTheNextAnswer() {
        faults.add(new Fault(0, "", "", true));
    }

    /** The database behind it. */
    public String database() {
        return database;
    }

    /** How many of the faults have not been met. */
    int faultsLeft() {
        return faults.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Fault fault = faults.poll();
        PostgrestAnswer answer;
        if (fault != null && !fault.afterwards()) {
            answer = new PostgrestAnswer(fault.status(), fault.body());
            if (!fault.retryAfter().isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", fault.retryAfter());
            }
        } else {
            answer = worked(exchange);
            if (fault != null) {
                exchange.close();
                return;
            }
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private PostgrestAnswer worked(HttpExchange exchange) throws IOException {
        try {
            PostgrestAnswer rows = work(exchange, role(exchange));
            String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
            return accept.contains("application/vnd.pgrst.object+json") ? single(rows) : rows;
        } catch (PostgrestRefusal refused) {
            return refused.answer();
        } catch (SQLException e) {
            return ofPostgres(e, role(exchange).equals("service_role"));
        }
    }

    /** Asked for one object, anything but one row is an error. */
    private static PostgrestAnswer single(PostgrestAnswer rows) throws IOException {
        JsonNode json = Json.read(rows.body().getBytes(StandardCharsets.UTF_8));
        if (json.size() != 1) {
            throw new PostgrestRefusal(406, "PGRST116", "Cannot coerce the result to a single JSON object", null);
        }
        return new PostgrestAnswer(rows.status(), Json.text(json.get(0)));
    }

    /** What the gateway lets through: the key alone, or a token that says the same in both headers. */
    private static String role(HttpExchange exchange) {
        String key = exchange.getRequestHeaders().getFirst("apikey");
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String agent = String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"));
        if (key == null) {
            throw new PostgrestRefusal(
                    401, null, "No API key found in request", "No `apikey` request header or url param was found.");
        }
        if (key.equals(SECRET) && authorization == null && !agent.startsWith("Mozilla")) {
            return "service_role";
        }
        if (key.equals(PUBLISHABLE) && authorization == null) {
            return "anon";
        }
        if (key.equals(SERVICE_ROLE) && ("Bearer " + key).equals(authorization)) {
            return "service_role";
        }
        throw new PostgrestRefusal(401, null, "Invalid API key", "Double check your API key.");
    }

    private PostgrestAnswer work(HttpExchange exchange, String role) throws IOException, SQLException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getRawPath());
        if (!path.matches()) {
            throw new PostgrestRefusal(404, "PGRST125", "Invalid path specified in request URL", null);
        }
        PostgrestQuery parameters = PostgrestQuery.of(exchange.getRequestURI().getRawQuery());
        String method = exchange.getRequestMethod();
        String schema = schema(exchange, method.equals("GET") ? "Accept-Profile" : "Content-Profile");
        try (Connection connection = PostgresServer.connection(database)) {
            PostgrestTable table = new PostgrestTable(connection, schema, PostgrestGrammar.decoded(path.group(1)));
            try (var statement = connection.createStatement()) {
                statement.execute("SET TIME ZONE 'UTC'");
                statement.execute("SET ROLE " + role);
            }
            return switch (method) {
                case "GET" -> new PostgrestAnswer(200, table.select(parameters));
                case "PATCH" -> table.update(parameters, body(exchange), isRepresented(exchange));
                case "POST" -> table.insert(parameters, body(exchange), isRepresented(exchange));
                default -> throw new PostgrestRefusal(405, "PGRST117", "Unsupported HTTP method: " + method, null);
            };
        }
    }

    private String schema(HttpExchange exchange, String header) {
        String schema = exchange.getRequestHeaders().getFirst(header);
        if (schema != null && !schemas.contains(schema)) {
            throw new PostgrestRefusal(
                    406, "PGRST106", "The schema must be one of the following: " + String.join(", ", schemas), null);
        }
        return schema == null ? schemas.get(0) : schema;
    }

    private static boolean isRepresented(HttpExchange exchange) {
        String prefer = exchange.getRequestHeaders().getFirst("Prefer");
        return prefer != null && prefer.contains("return=representation");
    }

    private static ObjectNode body(HttpExchange exchange) throws IOException {
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!type.startsWith("application/json")) {
            throw new PostgrestRefusal(415, "PGRST107", "Content-Type not acceptable: " + type, null);
        }
        try {
            if (Json.read(exchange.getRequestBody().readAllBytes()) instanceof ObjectNode object && !object.isEmpty()) {
                return object;
            }
        } catch (IOException e) {
            // PostgrestRefusal below.
        }
        throw new PostgrestRefusal(400, "PGRST102", "Empty or invalid json", null);
    }

    private static PostgrestAnswer ofPostgres(SQLException failure, boolean authenticated) {
        String state = String.valueOf(failure.getSQLState());
        int status = switch (state) {
            case "23503", "23505" -> 409;
            case "42P01", "42883" -> 404;
            case "42501" -> authenticated ? 403 : 401;
            default -> state.startsWith("08") || state.startsWith("53") ? 503 : state.startsWith("XX") ? 500 : 400;
        };
        String message = String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("ERROR: ", "");
        return new PostgrestRefusal(status, state, message, null).answer();
    }
}
