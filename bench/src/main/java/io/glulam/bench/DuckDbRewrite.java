package io.glulam.bench;

import java.nio.file.Path;
import java.sql.SQLException;

/** The contender DuckDB: decodes everything and writes it in row groups of a million rows. Arguments: IN OUT. */
final class DuckDbRewrite {
    private static final int ROWS = 1_000_000;

    private DuckDbRewrite() {}

    public static void main(String[] arguments) throws SQLException {
        try (DuckDb duckDb = DuckDb.open()) {
            duckDb.copy(DuckDb.quoted(Path.of(arguments[0])), Path.of(arguments[1]), ROWS);
        }
    }
}
