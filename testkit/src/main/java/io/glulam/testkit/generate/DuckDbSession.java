package io.glulam.testkit.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * An in-memory DuckDB with one thread, so that what it writes is the same every time, and bounded memory. Not
 * thread-safe.
 */
public final class DuckDbSession implements AutoCloseable {
    private static final String MEMORY = "1GB";

    private final Connection connection;
    private final Statement statement;

    private DuckDbSession(Connection connection, Statement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    /** Starts a database of its own. */
    public static DuckDbSession open() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("threads", "1");
        settings.setProperty("memory_limit", MEMORY);
        Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
        return new DuckDbSession(connection, connection.createStatement());
    }

    /** Runs a statement whose result, if any, is of no interest. */
    public void execute(String sql) throws SQLException {
        statement.execute(sql);
    }

    /** The first column of the first row, as text; empty if there is no row or it is null. */
    public Optional<String> text(String sql) throws SQLException {
        List<List<String>> rows = rows(sql);
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(rows.get(0).get(0));
    }

    /** All rows, each value as text or null. */
    public List<List<String>> rows(String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** A path, or any text, as a literal. */
    public static String literal(Object text) {
        return "'" + text.toString().replace("'", "''") + "'";
    }

    /** A name as a quoted identifier. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Writes the rows of a query as Parquet. */
    void copy(String query, Path file, String options) throws IOException, SQLException {
        execute("COPY (%s) TO %s (FORMAT parquet, %s)".formatted(query, literal(file.toAbsolutePath()), options));
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        connection.close();
    }
}
