package io.glulam.bench.footer;

import io.glulam.bench.duckdb.DuckDb;
import io.glulam.testkit.generate.RepeatedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How many column chunks a generated file has: one row group of integers, again and again. */
record FooterShape(int rowGroups, int columns) {
    private static final int ROWS = 200;

    long chunks() {
        return (long) rowGroups * columns;
    }

    /** Writes the file into {@code folder} unless it is there. */
    Path file(Path folder) throws IOException, SQLException {
        Path file = folder.resolve("footer-" + rowGroups + "-" + columns + ".parquet");
        if (!Files.exists(file)) {
            System.err.println("making " + file + " ...");
            Path once = folder.resolve("footer-once.parquet");
            Path unfinished = folder.resolve("footer.unfinished");
            String all = IntStream.range(0, columns)
                    .mapToObj(column -> "(range + " + column + ")::INTEGER AS c" + column)
                    .collect(Collectors.joining(", "));
            try (DuckDb duckDb = DuckDb.open()) {
                duckDb.copy("(SELECT " + all + " FROM range(" + ROWS + "))", once, 2048, "snappy", "V1");
            }
            RepeatedFile.write(once, unfinished, rowGroups);
            Files.delete(once);
            Files.move(unfinished, file);
        }
        return file;
    }
}
