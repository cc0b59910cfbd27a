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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    private static final String NAME = "(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([A-Za-z0-9_ $]+))";
    private static final Pattern SELECTED = Pattern.compile("(?:([A-Za-z0-9_]+):)?" + NAME + "(?:::(\\w+))?");
    private static final Pattern ORDER = Pattern.compile(NAME + "(?:\\.(asc|desc))?");
    private static final Pattern COLUMN = Pattern.compile(NAME);
    private static final Map<String, String> OPERATORS =
            Map.of("eq", "=", "neq", "<>", "gt", ">", "gte", ">=", "lt", "<", "lte", "<=");

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
        Answer answer;
        if (fault != null && !fault.afterwards()) {
            answer = new Answer(fault.status(), fault.body());
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

    private record Answer(int status, String body) {}

    private Answer worked(HttpExchange exchange) throws IOException {
        try {
            Answer rows = work(exchange, role(exchange));
            String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
            return accept.contains("application/vnd.pgrst.object+json") ? single(rows) : rows;
        } catch (Refused refused) {
            return refused.answer();
        } catch (SQLException e) {
            return ofPostgres(e, role(exchange).equals("service_role"));
        }
    }

    /** Asked for one object, anything but one row is an error. */
    private static Answer single(Answer rows) throws IOException {
        JsonNode json = Json.read(rows.body().getBytes(StandardCharsets.UTF_8));
        if (json.size() != 1) {
            throw new Refused(406, "PGRST116", "Cannot coerce the result to a single JSON object", null);
        }
        return new Answer(rows.status(), Json.text(json.get(0)));
    }

    /** What the gateway lets through: the key alone, or a token that says the same in both headers. */
    private static String role(HttpExchange exchange) {
        String key = exchange.getRequestHeaders().getFirst("apikey");
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String agent = String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"));
        if (key == null) {
            throw new Refused(
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
        throw new Refused(401, null, "Invalid API key", "Double check your API key.");
    }

    private Answer work(HttpExchange exchange, String role) throws IOException, SQLException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getRawPath());
        if (!path.matches()) {
            throw new Refused(404, "PGRST125", "Invalid path specified in request URL", null);
        }
        Parameters parameters = Parameters.of(exchange.getRequestURI().getRawQuery());
        String method = exchange.getRequestMethod();
        String schema = schema(exchange, method.equals("GET") ? "Accept-Profile" : "Content-Profile");
        try (Connection connection = PostgresServer.connection(database)) {
            Table table = new Table(connection, schema, decoded(path.group(1)));
            try (var statement = connection.createStatement()) {
                statement.execute("SET TIME ZONE 'UTC'");
                statement.execute("SET ROLE " + role);
            }
            return switch (method) {
                case "GET" -> new Answer(200, table.select(parameters));
                case "PATCH" -> table.update(parameters, body(exchange), isRepresented(exchange));
                case "POST" -> table.insert(parameters, body(exchange), isRepresented(exchange));
                default -> throw new Refused(405, "PGRST117", "Unsupported HTTP method: " + method, null);
            };
        }
    }

    private String schema(HttpExchange exchange, String header) {
        String schema = exchange.getRequestHeaders().getFirst(header);
        if (schema != null && !schemas.contains(schema)) {
            throw new Refused(
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
            throw new Refused(415, "PGRST107", "Content-Type not acceptable: " + type, null);
        }
        try {
            if (Json.read(exchange.getRequestBody().readAllBytes()) instanceof ObjectNode object && !object.isEmpty()) {
                return object;
            }
        } catch (IOException e) {
            // Refused below.
        }
        throw new Refused(400, "PGRST102", "Empty or invalid json", null);
    }

    private static Answer ofPostgres(SQLException failure, boolean authenticated) {
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
        return new Refused(status, state, message, null).answer();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String quoted(String name) {
        return TableNames.quoted(name);
    }

    /** A name as the grammar has it, in its own two groups of {@code matcher}. */
    private static String name(Matcher matcher, int group) {
        return matcher.group(group) == null
                ? matcher.group(group + 1)
                : matcher.group(group).replaceAll("\\\\(.)", "$1");
    }

    private static Matcher parsed(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new Refused(400, "PGRST100", "\"failed to parse (" + text + ")\"", null);
        }
        return matcher;
    }

    /** Parts of a list with commas, but for those inside quotes, where a backslash hides what follows it. */
    private static List<String> list(String text) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    /** What a URL asks for. */
    private record Parameters(String select, String order, String limit, List<String[]> filters) {
        static Parameters of(String query) {
            String select = "*";
            String order = "";
            String limit = "";
            List<String[]> filters = new ArrayList<>();
            for (String part : query == null ? new String[0] : query.split("&", -1)) {
                String[] pair = part.split("=", 2);
                String value = pair.length == 2 ? decoded(pair[1]) : "";
                switch (decoded(pair[0])) {
                    case "select" -> select = value;
                    case "order" -> order = value;
                    case "limit" -> limit = value;
                    case "columns" -> {
                        // Names the body's columns again.
                    }
                    default -> filters.add(new String[] {decoded(pair[0]), value});
                }
            }
            return new Parameters(select, order, limit, filters);
        }
    }

    /** A table of the schema's cache, and the statements over it. */
    private static final class Table {
        private final Connection connection;
        private final String name;
        private final String label;
        private final List<String> columns;

        Table(Connection connection, String schema, String table) throws SQLException {
            this.connection = connection;
            this.name = quoted(schema) + "." + quoted(table);
            this.label = schema + "." + table;
            this.columns = columns(schema, table);
            if (columns.isEmpty()) {
                throw new Refused(
                        404, "PGRST205", "Could not find the table '" + label + "' in the schema cache", null);
            }
        }

        private List<String> columns(String schema, String table) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ?")) {
                statement.setString(1, schema);
                statement.setString(2, table);
                List<String> found = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
                return found;
            }
        }

        String select(Parameters parameters) throws SQLException {
            List<String> arguments = new ArrayList<>();
            String sql = "SELECT " + selected(parameters.select()) + " FROM " + name
                    + where(parameters.filters(), arguments);
            if (!parameters.order().isEmpty()) {
                sql += " ORDER BY "
                        + list(parameters.order()).stream()
                                .map(part -> parsed(ORDER, part))
                                .map(order ->
                                        quoted(name(order, 1)) + (order.group(3) == null ? "" : " " + order.group(3)))
                                .collect(Collectors.joining(", "));
            }
            if (!parameters.limit().isEmpty()) {
                sql += " LIMIT " + Integer.parseInt(parameters.limit());
            }
            return run(sql, arguments);
        }

        Answer update(Parameters parameters, ObjectNode values, boolean represented) throws SQLException {
            if (parameters.filters().isEmpty()) {
                throw new Refused(400, "21000", "UPDATE requires a WHERE clause", null);
            }
            List<String> arguments = new ArrayList<>(List.of(Json.text(values)));
            String set = known(values).stream()
                    .map(column -> quoted(column) + " = body." + quoted(column))
                    .collect(Collectors.joining(", "));
            String sql = "UPDATE " + name + " SET " + set + " FROM json_populate_record(null::" + name
                    + ", ?::json) body" + where(parameters.filters(), arguments) + " RETURNING "
                    + selected(parameters.select());
            String rows = run(sql, arguments);
            return represented ? new Answer(200, rows) : new Answer(204, "");
        }

        Answer insert(Parameters parameters, ObjectNode values, boolean represented) throws SQLException {
            List<String> columnsOfBody = known(values);
            String into = columnsOfBody.stream().map(SupabaseStandIn::quoted).collect(Collectors.joining(", "));
            String sql = "INSERT INTO " + name + " (" + into + ") SELECT " + into + " FROM json_populate_record(null::"
                    + name + ", ?::json) RETURNING " + selected(parameters.select());
            String rows = run(sql, List.of(Json.text(values)));
            return new Answer(201, represented ? rows : "");
        }

        private List<String> known(JsonNode values) {
            List<String> names = new ArrayList<>();
            for (Iterator<String> each = values.fieldNames(); each.hasNext(); ) {
                String column = each.next();
                if (!columns.contains(column)) {
                    throw new Refused(
                            400,
                            "PGRST204",
                            "Could not find the '" + column + "' column of '" + label + "' in the schema cache",
                            null);
                }
                names.add(column);
            }
            return names;
        }

        private String selected(String select) {
            if (select.equals("*")) {
                return name + ".*";
            }
            return list(select).stream()
                    .map(part -> parsed(SELECTED, part))
                    .map(part -> {
                        String column = name(part, 2);
                        String cast = part.group(4) == null ? "" : "::" + part.group(4);
                        String alias = part.group(1) == null ? column : part.group(1);
                        return name + "." + quoted(column) + cast + " AS " + quoted(alias);
                    })
                    .collect(Collectors.joining(", "));
        }

        private String where(List<String[]> filters, List<String> arguments) {
            List<String> conditions = new ArrayList<>();
            for (String[] filter : filters) {
                String column = name + "." + quoted(name(parsed(COLUMN, filter[0]), 1));
                String[] parts = filter[1].split("\\.", 2);
                if (filter[1].matches("in\\.\\(.*\\)")) {
                    List<String> values = list(filter[1].substring(4, filter[1].length() - 1));
                    conditions.add(column + " IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")");
                    values.forEach(value -> arguments.add(unquoted(value)));
                } else if (filter[1].equals("is.null")) {
                    conditions.add(column + " IS NULL");
                } else if (parts.length == 2 && OPERATORS.containsKey(parts[0])) {
                    // Of unknown type, as PostgREST's literals are: Postgres takes it for the column's.
                    conditions.add(column + " " + OPERATORS.get(parts[0]) + " ?");
                    arguments.add(parts[1]);
                } else {
                    throw new Refused(400, "PGRST100", "\"failed to parse filter (" + filter[1] + ")\"", null);
                }
            }
            return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        }

        /** One statement, its rows as a JSON array. */
        private String run(String sql, List<String> arguments) throws SQLException {
            String all = "WITH rows AS (" + sql + ") SELECT coalesce(json_agg(rows), '[]')::text FROM rows";
            try (PreparedStatement statement = connection.prepareStatement(all)) {
                for (int i = 0; i < arguments.size(); i++) {
                    statement.setObject(i + 1, arguments.get(i), java.sql.Types.OTHER);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getString(1).toString();
                }
            }
        }
    }

    /** An error as PostgREST and the gateway put it. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;
        private final String hint;

        Refused(int status, String code, String message, String hint) {
            super(message);
            this.status = status;
            this.code = code;
            this.hint = hint;
        }

        Answer answer() {
            ObjectNode json = Json.object();
            if (code != null) {
                json.put("code", code.toUpperCase(Locale.ROOT)).putNull("details");
            }
            return new Answer(status, Json.text(json.put("hint", hint).put("message", getMessage())));
        }
    }
}
