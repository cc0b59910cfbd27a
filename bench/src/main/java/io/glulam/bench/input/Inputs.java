package io.glulam.bench.input;

import io.glulam.bench.duckdb.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The standard inputs, made in a folder when they are not there yet. */
public final class Inputs {
    /** Real data, refragmented; only where the project's folder of real files is beside the project. */
    private static final String FLIGHTS = "flights";

    private static final Path FLIGHTS_ORIGINAL = Path.of("../shared/corpus/real/flights-3m.parquet");
    private static final int FLIGHTS_ROWS = 20_480;
    private static final String FLIGHTS_CODEC = "snappy";
    private static final String FORMAT = "V1";

    private final Path root;
    private final Path folder;
    private final double scale;

    /** {@code root} is the project's folder; generated inputs have {@code scale} times their rows. */
    public Inputs(Path root, Path folder, double scale) {
        this.root = root;
        this.folder = folder;
        this.scale = scale;
    }

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return Stream.concat(StandardInput.ALL.stream().map(StandardInput::name), Stream.of(FLIGHTS))
                .toList();
    }

    /** All that can be had here. */
    public List<Input> all() throws IOException, SQLException {
        List<Input> inputs = new ArrayList<>();
        for (String name : names()) {
            if (!name.equals(FLIGHTS) || Files.exists(root.resolve(FLIGHTS_ORIGINAL))) {
                inputs.add(named(name));
            }
        }
        return inputs;
    }

    /** Throws {@link IllegalArgumentException} for a name that is not one of {@link #names()}. */
    public Input named(String name) throws IOException, SQLException {
        if (name.equals(FLIGHTS)) {
            return flights();
        }
        for (StandardInput input : StandardInput.ALL) {
            if (input.name().equals(name)) {
                return generated(input);
            }
        }
        throw new IllegalArgumentException("no input " + name + ": there are " + String.join(", ", names()));
    }

    private Input flights() throws IOException, SQLException {
        Path file = folder.resolve(FLIGHTS + ".parquet");
        if (!Files.exists(file)) {
            System.err.println("making " + file + " ...");
            try (DuckDb duckDb = DuckDb.open()) {
                Path unfinished = unfinished(file);
                String original = DuckDb.quoted(root.resolve(FLIGHTS_ORIGINAL));
                duckDb.copy(original, unfinished, FLIGHTS_ROWS, FLIGHTS_CODEC, FORMAT);
                Files.move(unfinished, file);
            }
        }
        return new Input(FLIGHTS, file, "date", "distance");
    }

    private Input generated(StandardInput input) throws IOException, SQLException {
        long rows = Math.max(1, Math.round(input.rows() * scale));
        Path file = folder.resolve(input.name() + "-" + rows + ".parquet");
        if (!Files.exists(file)) {
            System.err.println("making " + file + " ...");
            try (DuckDb duckDb = DuckDb.open()) {
                Path sql = root.resolve("bench/" + input.table() + ".sql");
                duckDb.execute(Files.readString(sql).replace("${rows}", Long.toString(rows)));
                write(duckDb, input, rows, file);
            }
        }
        return new Input(input.name(), file, input.sorted(), input.unsorted());
    }

    private static void write(DuckDb duckDb, StandardInput input, long rows, Path file)
            throws IOException, SQLException {
        Path unfinished = unfinished(file);
        if (input.stretches().size() == 1) {
            duckDb.copy(input.table(), unfinished, input.stretches().get(0).rows(), input.codec(), FORMAT);
        } else {
            List<Path> parts = new ArrayList<>();
            long offset = 0;
            for (Stretch stretch : input.stretches()) {
                Path part = file.resolveSibling(file.getFileName() + ".part-" + parts.size());
                long length = (long) Math.ceil(rows * stretch.perMille() / 1000.0);
                String slice = "(FROM %s LIMIT %d OFFSET %d)".formatted(input.table(), length, offset);
                duckDb.copy(slice, part, stretch.rows(), input.codec(), FORMAT);
                parts.add(part);
                offset += length;
            }
            Concatenation.write(parts, unfinished);
            for (Path part : parts) {
                Files.delete(part);
            }
        }
        Files.move(unfinished, file);
    }

    /** Where a file is made first, so that an interrupted run leaves no half input behind. */
    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + ".unfinished");
    }
}
