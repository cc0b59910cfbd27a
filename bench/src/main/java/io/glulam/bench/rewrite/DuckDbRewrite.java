package io.glulam.bench.rewrite;

import io.glulam.bench.duckdb.DuckDb;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The contender DuckDB: decodes everything and writes it in row groups of a million rows. Arguments: IN OUT CODEC
 * FORMAT, format {@code V1} or {@code V2}.
 */
final class DuckDbRewrite {
    private static final int ROWS = 1_000_000;

    private DuckDbRewrite() {}

    public static void main(String[] arguments) throws SQLException {
        try (DuckDb duckDb = DuckDb.open()) {
            String input = DuckDb.quoted(Path.of(arguments[0]));
            duckDb.copy(input, Path.of(arguments[1]), ROWS, arguments[2], arguments[3]);
        }
    }
}
