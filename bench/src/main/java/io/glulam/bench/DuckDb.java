package io.glulam.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the benchmark asks of DuckDB: rewriting, refragmenting and counting. */
final class DuckDb implements AutoCloseable {
    private final Connection connection;

    private DuckDb(Connection connection) {
        this.connection = connection;
    }

    /** An empty database in memory. */
    static DuckDb open() throws SQLException {
        return new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Writes {@code source}, a table or a quoted file, in row groups of {@code rows}, its order kept. */
    void copy(String source, Path output, int rows) throws SQLException {
        execute("COPY (FROM %s) TO %s (FORMAT parquet, ROW_GROUP_SIZE %d, COMPRESSION snappy)"
                .formatted(source, quoted(output), rows));
    }

    /** The rows that a file's footer counts. */
    long rows(Path file) throws SQLException {
        return number("SELECT num_rows FROM parquet_file_metadata(" + quoted(file) + ")");
    }

    long rowGroups(Path file) throws SQLException {
        return number("SELECT num_row_groups FROM parquet_file_metadata(" + quoted(file) + ")");
    }

    static String quoted(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
