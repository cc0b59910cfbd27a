package io.glulam.bench.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database in memory: makes, rewrites, counts and reads Parquet files. */
public final class DuckDb implements AutoCloseable {
    private final Connection connection;

    private DuckDb(Connection connection) {
        this.connection = connection;
    }

    /** An empty database in memory. */
    public static DuckDb open() throws SQLException {
        return new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Writes {@code source}, a table, a query in parentheses or a quoted file, in row groups of {@code rows}, its order
     * kept.
     *
     * @param format of the pages, {@code V1} or {@code V2}; V2 brings the delta encodings and BYTE_STREAM_SPLIT
     */
    public void copy(String source, Path output, int rows, String codec, String format) throws SQLException {
        execute("COPY (FROM %s) TO %s (FORMAT parquet, ROW_GROUP_SIZE %d, COMPRESSION %s, PARQUET_VERSION %s)"
                .formatted(source, quoted(output), rows, codec, format));
    }

    /** The rows that a file's footer counts. */
    public long rows(Path file) throws SQLException {
        return number("SELECT num_rows FROM parquet_file_metadata(" + quoted(file) + ")");
    }

    public long rowGroups(Path file) throws SQLException {
        return number("SELECT num_row_groups FROM parquet_file_metadata(" + quoted(file) + ")");
    }

    /** The columns of a file that hold values: the leaves of its schema. */
    public long leaves(Path file) throws SQLException {
        return number("SELECT count(*) FROM parquet_schema(" + quoted(file) + ") WHERE type IS NOT NULL");
    }

    /** The names of a file's columns as queries call them, nested ones as one. */
    public List<String> columns(Path file) throws SQLException {
        return query("SELECT column_name FROM (DESCRIBE FROM " + quoted(file) + ")").stream()
                .map(row -> row.get(0))
                .toList();
    }

    /** All rows of a query, each value as text; a null is the text {@code null}. */
    public List<List<String>> query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** A file as a query names it. */
    public static String quoted(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    /** A column as a query names it. */
    public static String identifier(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(query(sql).get(0).get(0));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
