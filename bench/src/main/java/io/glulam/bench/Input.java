package io.glulam.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A fragmented file to rewrite.
 *
 * @param name for the table's heading
 * @param file where it lies
 */
record Input(String name, Path file) {
    private static final int FRAGMENT_ROWS = 20_480;

    /** The generated table "events"; made when it is not there yet. */
    static Input events(Path sql, Path folder, long rows) throws IOException, SQLException {
        Path file = folder.resolve("events-" + rows + ".parquet");
        if (!Files.exists(file)) {
            System.err.println("making " + file + " ...");
            try (DuckDb duckDb = DuckDb.open()) {
                duckDb.execute(Files.readString(sql).replace("${rows}", Long.toString(rows)));
                copy(duckDb, "events", file);
            }
        }
        return new Input("events", file);
    }

    /** Any Parquet file cut into fragments; made when it is not there yet. */
    static Input refragmented(String name, Path original, Path folder) throws IOException, SQLException {
        Path file = folder.resolve(name + ".parquet");
        if (!Files.exists(file)) {
            System.err.println("making " + file + " ...");
            try (DuckDb duckDb = DuckDb.open()) {
                copy(duckDb, DuckDb.quoted(original), file);
            }
        }
        return new Input(name, file);
    }

    /** Writes beside the file first, so that an interrupted run leaves no half input behind. */
    private static void copy(DuckDb duckDb, String source, Path file) throws IOException, SQLException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        duckDb.copy(source, unfinished, FRAGMENT_ROWS);
        Files.move(unfinished, file);
    }
}
