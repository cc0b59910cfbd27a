package io.glulam.bench.merge;

import io.glulam.bench.duckdb.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of many small files, made by DuckDB when they are not there yet. */
final class ManyFiles {
    private static final String SNAPPY = "snappy";

    /** One of DuckDB's vectors: the fewest rows that it writes as a row group. */
    private static final int SMALL_ROWS = 2048;

    private final Path root;
    private final Path folder;

    /** {@code root} is the project's folder. */
    ManyFiles(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /** A file's row groups, each in a file of its own. */
    Path rowGroupsOf(Path file, int rows) throws IOException, SQLException {
        Path parts = folder.resolve(file.getFileName() + "-parts");
        if (!Files.exists(parts)) {
            try (DuckDb duckDb = DuckDb.open()) {
                write(duckDb, DuckDb.quoted(file), rows, parts);
            }
        }
        return parts;
    }

    /** That many files of one row group, 10 columns and 50 KB. */
    Path small(int count) throws IOException, SQLException {
        Path parts = folder.resolve("small-" + count);
        if (!Files.exists(parts)) {
            try (DuckDb duckDb = DuckDb.open()) {
                String sql = Files.readString(root.resolve("bench/small.sql"));
                duckDb.execute(sql.replace("${rows}", Long.toString((long) count * SMALL_ROWS)));
                write(duckDb, "small", SMALL_ROWS, parts);
            }
        }
        return parts;
    }

    private static void write(DuckDb duckDb, String source, int rows, Path parts) throws IOException, SQLException {
        System.err.println("making " + parts + " ...");
        Path unfinished = parts.resolveSibling(parts.getFileName() + ".unfinished");
        duckDb.execute("SET threads = 1"); // Else each thread writes its own files, and their order says nothing.
        duckDb.execute(
                "COPY (FROM %s) TO %s (FORMAT parquet, ROW_GROUP_SIZE %d, ROW_GROUPS_PER_FILE 1, COMPRESSION %s, OVERWRITE)"
                        .formatted(source, DuckDb.quoted(unfinished), rows, SNAPPY));
        Files.move(unfinished, parts);
    }

    /** The files of a folder, in order of their names. */
    static List<Path> in(Path parts) throws IOException {
        try (Stream<Path> files = Files.list(parts)) {
            return files.sorted(Comparator.comparing(Path::toString)).toList();
        }
    }

    /** Their bytes. */
    static long bytes(Path parts) throws IOException {
        long bytes = 0;
        for (Path file : in(parts)) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}
