package io.glulam.service.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** A table of the schema's cache, and the statements over it. */
final class PostgrestTable {
    private final Connection connection;
    private final String name;
    private final String label;
    private final List<String> columns;

    PostgrestTable(Connection connection, String schema, String table) throws SQLException {
        this.connection = connection;
        this.name = TableNames.quoted(schema) + "." + TableNames.quoted(table);
        this.label = schema + "." + table;
        this.columns = columns(schema, table);
        if (columns.isEmpty()) {
            throw new PostgrestRefusal(
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

    String select(PostgrestQuery parameters) throws SQLException {
        List<String> arguments = new ArrayList<>();
        String sql =
                "SELECT " + selected(parameters.select()) + " FROM " + name + where(parameters.filters(), arguments);
        if (!parameters.order().isEmpty()) {
            sql += " ORDER BY "
                    + PostgrestGrammar.list(parameters.order()).stream()
                            .map(part -> PostgrestGrammar.parsed(PostgrestGrammar.ORDER, part))
                            .map(order -> TableNames.quoted(PostgrestGrammar.name(order, 1))
                                    + (order.group(3) == null ? "" : " " + order.group(3)))
                            .collect(Collectors.joining(", "));
        }
        if (!parameters.limit().isEmpty()) {
            sql += " LIMIT " + Integer.parseInt(parameters.limit());
        }
        return run(sql, arguments);
    }

    PostgrestAnswer update(PostgrestQuery parameters, ObjectNode values, boolean represented) throws SQLException {
        if (parameters.filters().isEmpty()) {
            throw new PostgrestRefusal(400, "21000", "UPDATE requires a WHERE clause", null);
        }
        List<String> arguments = new ArrayList<>(List.of(Json.text(values)));
        String set = known(values).stream()
                .map(column -> TableNames.quoted(column) + " = body." + TableNames.quoted(column))
                .collect(Collectors.joining(", "));
        String sql = "UPDATE " + name + " SET " + set + " FROM json_populate_record(null::" + name
                + ", ?::json) body" + where(parameters.filters(), arguments) + " RETURNING "
                + selected(parameters.select());
        String rows = run(sql, arguments);
        return represented ? new PostgrestAnswer(200, rows) : new PostgrestAnswer(204, "");
    }

    PostgrestAnswer insert(PostgrestQuery parameters, ObjectNode values, boolean represented) throws SQLException {
        List<String> columnsOfBody = known(values);
        String into = columnsOfBody.stream().map(TableNames::quoted).collect(Collectors.joining(", "));
        String sql = "INSERT INTO " + name + " (" + into + ") SELECT " + into + " FROM json_populate_record(null::"
                + name + ", ?::json) RETURNING " + selected(parameters.select());
        String rows = run(sql, List.of(Json.text(values)));
        return new PostgrestAnswer(201, represented ? rows : "");
    }

    private List<String> known(JsonNode values) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> each = values.fieldNames(); each.hasNext(); ) {
            String column = each.next();
            if (!columns.contains(column)) {
                throw new PostgrestRefusal(
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
        return PostgrestGrammar.list(select).stream()
                .map(part -> PostgrestGrammar.parsed(PostgrestGrammar.SELECTED, part))
                .map(part -> {
                    String column = PostgrestGrammar.name(part, 2);
                    String cast = part.group(4) == null ? "" : "::" + part.group(4);
                    String alias = part.group(1) == null ? column : part.group(1);
                    return name + "." + TableNames.quoted(column) + cast + " AS " + TableNames.quoted(alias);
                })
                .collect(Collectors.joining(", "));
    }

    private String where(List<String[]> filters, List<String> arguments) {
        List<String> conditions = new ArrayList<>();
        for (String[] filter : filters) {
            String column = name + "."
                    + TableNames.quoted(
                            PostgrestGrammar.name(PostgrestGrammar.parsed(PostgrestGrammar.COLUMN, filter[0]), 1));
            String[] parts = filter[1].split("\\.", 2);
            if (filter[1].matches("in\\.\\(.*\\)")) {
                List<String> values = PostgrestGrammar.list(filter[1].substring(4, filter[1].length() - 1));
                conditions.add(column + " IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")");
                values.forEach(value -> arguments.add(PostgrestGrammar.unquoted(value)));
            } else if (filter[1].equals("is.null")) {
                conditions.add(column + " IS NULL");
            } else if (parts.length == 2 && PostgrestGrammar.OPERATORS.containsKey(parts[0])) {
                // Of unknown type, as PostgREST's literals are: Postgres takes it for the column's.
                conditions.add(column + " " + PostgrestGrammar.OPERATORS.get(parts[0]) + " ?");
                arguments.add(parts[1]);
            } else {
                throw new PostgrestRefusal(400, "PGRST100", "\"failed to parse filter (" + filter[1] + ")\"", null);
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
