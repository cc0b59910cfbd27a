package io.glulam.bench.merge;

import io.glulam.bench.duckdb.DuckDb;
import java.nio.file.Path;
import java.sql.SQLException;

/** The contender DuckDB: {@code COPY (FROM 'dir/*.parquet')}, row groups of a million rows. Arguments: FOLDER OUT. */
final class DuckDbMerge {
    private static final int ROWS = 1_000_000;

    private DuckDbMerge() {}

    public static void main(String[] arguments) throws SQLException {
        try (DuckDb duckDb = DuckDb.open()) {
            String files = DuckDb.quoted(Path.of(arguments[0]).resolve("*.parquet"));
            duckDb.copy(files, Path.of(arguments[1]), ROWS, "snappy", "V1");
        }
    }
}
