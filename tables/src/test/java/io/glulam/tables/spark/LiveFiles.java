package io.glulam.tables.spark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.stream.Collectors;

/** Data files of a table, read by DuckDB without the table's metadata. */
final class LiveFiles {
    private LiveFiles() {}

    /** Returns the number of rows and a hash of {@code columns}; columns that not all files have are null there. */
    static String fingerprint(String columns, Collection<String> files) throws SQLException {
        String list = files.stream()
                .map(file -> "'" + file.replaceFirst("^file:(//)?", "").replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
        String query = "SELECT count(*) || ' ' || bit_xor(hash(%s)) FROM read_parquet([%s], union_by_name = true)"
                .formatted(columns, list);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
