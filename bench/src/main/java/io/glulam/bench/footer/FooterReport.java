package io.glulam.bench.footer;

import io.glulam.bench.measure.Measured;
import io.glulam.bench.measure.Numbers;
import io.glulam.bench.measure.Stopwatch;
import io.glulam.bench.rewrite.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The processor time of a column chunk, from few chunks to millions: that of a compaction less that of a file of a few
 * chunks, which is the start of the process.
 */
public final class FooterReport {
    private static final FooterShape START = new FooterShape(2, 10);

    private static final List<FooterShape> SHAPES = List.of(
            new FooterShape(1_000, 10),
            new FooterShape(10_000, 10),
            new FooterShape(100_000, 10),
            new FooterShape(300_000, 10),
            new FooterShape(500, 2_000),
            new FooterShape(10, 10_000));

    /** What runs longer is killed. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final String HEAD = """
        | row groups × columns | chunks | file | processor time | a chunk, above the start | peak memory | DuckDB: processor time | peak memory |
        |---|---|---|---|---|---|---|---|
        """;

    private final Path folder;
    private final Contender glulam;
    private final boolean rivals;

    /** {@code root} is the project's folder; inputs and outputs lie in {@code folder}; {@code options} go to glulam. */
    public FooterReport(Path root, Path folder, List<String> options, boolean rivals) {
        List<String> all = new ArrayList<>(List.of("--threshold", "64MiB"));
        all.addAll(options);
        this.folder = folder;
        this.glulam = Contender.glulam(root, "copy", all);
        this.rivals = rivals;
    }

    /** The table, Markdown. */
    public String table() throws IOException, InterruptedException, SQLException {
        double start = run(glulam, START).processorSeconds();
        StringBuilder table = new StringBuilder(
                Numbers.format("%s: the start takes %.2f s of processor time.%n%n", glulam.name(), start));
        table.append(HEAD);
        for (FooterShape shape : SHAPES) {
            System.err.printf("%d × %d%n", shape.rowGroups(), shape.columns());
            Measured own = run(glulam, shape);
            table.append(Numbers.format(
                    "| %,d × %,d | %,d | %s | %s",
                    shape.rowGroups(),
                    shape.columns(),
                    shape.chunks(),
                    Numbers.mebibytes(Files.size(shape.file(folder))),
                    own.succeeded()
                            ? Numbers.format(
                                    "%.1f s | %.1f µs | %s",
                                    own.processorSeconds(),
                                    1e6 * (own.processorSeconds() - start) / shape.chunks(),
                                    Numbers.mebibytes(own.peakResident()))
                            : "failed | | "));
            table.append(rivals ? rival(run(Contender.DUCKDB_SNAPPY, shape)) : " | | |\n");
        }
        return table.toString();
    }

    private static String rival(Measured measured) {
        return measured.succeeded()
                ? Numbers.format(
                        " | %.1f s | %s |%n", measured.processorSeconds(), Numbers.mebibytes(measured.peakResident()))
                : measured.wall().compareTo(LIMIT) < 0
                        ? " | failed | |\n"
                        : Numbers.format(" | not within %d minutes | |%n", LIMIT.toMinutes());
    }

    private Measured run(Contender contender, FooterShape shape)
            throws IOException, InterruptedException, SQLException {
        Path input = shape.file(folder);
        Path output = folder.resolve("footer-output.parquet");
        try {
            return Stopwatch.run(contender.command().apply(input, output), output, folder.resolve("bench.log"), LIMIT);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
