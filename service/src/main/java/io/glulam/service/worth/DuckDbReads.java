package io.glulam.service.worth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Queries a Parquet file with DuckDB, in a process of its own: what DuckDB needs must not count against the server. Uses
 * nothing but the JDK and DuckDB's driver, which it finds on its class path.
 */
public final class DuckDbReads {
    private static final int TURNS = 3;

    private DuckDbReads() {}

    /**
     * Writes the version of DuckDB, and what each read took at best in nanoseconds, on a line each.
     *
     * @param arguments the file, and where to write
     */
    public static void main(String[] arguments) throws SQLException, IOException {
        Path output = Path.of(arguments[1]);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            Files.write(output, lines(statement, "'" + arguments[0].replace("'", "''") + "'"));
        }
    }

    private static List<String> lines(Statement statement, String file) throws SQLException {
        String column = "\""
                + text(statement, "SELECT column_name FROM (DESCRIBE FROM " + file + ") LIMIT 1")
                        .replace("\"", "\"\"") + "\"";
        statement.execute("SET VARIABLE wanted = (SELECT max(" + column + ") FROM " + file + ")");
        List<String> lines = new ArrayList<>();
        lines.add(text(statement, "SELECT version()"));
        lines.add(best(statement, "SELECT count(COLUMNS(*)) FROM " + file));
        lines.add(best(statement, "SELECT count(" + column + "), max(" + column + ") FROM " + file));
        lines.add(best(statement, "SELECT count(*) FROM " + file + " WHERE " + column + " = getvariable('wanted')"));
        return lines;
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private static String best(Statement statement, String sql) throws SQLException {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TURNS; i++) {
            long since = System.nanoTime();
            text(statement, sql);
            best = Math.min(best, System.nanoTime() - since);
        }
        return String.valueOf(best);
    }
}
