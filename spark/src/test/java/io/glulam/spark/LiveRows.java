package io.glulam.spark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** What DuckDB reads from the data files of a table's current snapshot, deleted rows included. */
final class LiveRows {
    private LiveRows() {}

    /** Number of rows, and a sum of hashes of all values. */
    static List<String> of(SparkSession spark, String table) throws SQLException {
        String files = SparkTable.files(spark, table).stream()
                .map(row -> row.substring(1, row.length() - 1).replaceFirst("^[a-z]+:(//)?", ""))
                .map(path -> "'" + path + "'")
                .collect(Collectors.joining(", ", "[", "]"));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*), sum(hash(id, part, text, number, tags)::HUGEINT) FROM read_parquet(" + files
                                + ")")) {
            row.next();
            return List.of(row.getString(1), row.getString(2));
        }
    }
}
