package io.glulam.bench.prediction;

import io.glulam.bench.duckdb.DuckDb;
import io.glulam.bench.input.Input;
import io.glulam.bench.measure.Measured;
import io.glulam.bench.measure.Numbers;
import io.glulam.bench.measure.Stopwatch;
import io.glulam.bench.rewrite.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What {@code plan} predicts of each merged column beside what {@code compact} makes of it, effort by effort. */
public final class PredictionReport {
    /** The head of the table that {@link #rows} fills, Markdown. */
    public static final String HEAD = """
            | input | effort | merged bytes | predicted | result | off by | columns off by more than 5 %, largest first |
            |---|---|---|---|---|---|---|
            """;

    private static final List<String> EFFORTS = List.of("copy", "balanced", "smallest");
    private static final double TOLERANCE = 0.05;
    private static final int NAMED = 8;

    private final Path root;
    private final Path folder;
    private final List<String> options;

    /** {@code root} is the project's folder; outputs lie in {@code folder} meanwhile; {@code options} go to glulam. */
    public PredictionReport(Path root, Path folder, List<String> options) {
        this.root = root;
        this.folder = folder;
        this.options = options;
    }

    /** A row of the table for each effort. */
    public String rows(Input input) throws IOException, InterruptedException, SQLException {
        Path plan = folder.resolve("prediction.json");
        Path output = folder.resolve("prediction.parquet");
        StringBuilder rows = new StringBuilder();
        try (DuckDb duckDb = DuckDb.open()) {
            for (String effort : EFFORTS) {
                System.err.printf("%s, prediction, %s%n", input.name(), effort);
                rows.append("| ")
                        .append(input.name())
                        .append(" | `")
                        .append(effort)
                        .append("` | ");
                if (run(Contender.glulamPlan(root, effort, options), input, plan)
                        && run(Contender.glulam(root, effort, options), input, output)) {
                    rows.append(cells(duckDb, plan, output));
                } else {
                    rows.append("failed | | | | |\n");
                }
            }
            return rows.toString();
        } finally {
            Files.deleteIfExists(plan);
            Files.deleteIfExists(output);
        }
    }

    private boolean run(Contender contender, Input input, Path output) throws IOException, InterruptedException {
        Measured measured =
                Stopwatch.run(contender.command().apply(input.file(), output), output, folder.resolve("bench.log"));
        return measured.succeeded();
    }

    private static String cells(DuckDb duckDb, Path plan, Path output) throws SQLException {
        List<Prediction> columns = new ArrayList<>(Predictions.read(duckDb, plan, output));
        if (columns.isEmpty()) {
            return "nothing to do | | | | |\n";
        }
        Prediction sum = new Prediction(
                "",
                columns.stream().mapToLong(Prediction::source).sum(),
                columns.stream().mapToLong(Prediction::expected).sum(),
                columns.stream().mapToLong(Prediction::actual).sum());
        columns.removeIf(column -> Math.abs(column.error()) <= TOLERANCE);
        columns.sort(Comparator.comparingLong(Prediction::actual).reversed());
        return Numbers.format(
                "%s | %s | %s | %+.1f %% | %s |%n",
                Numbers.mebibytes(sum.source()),
                Numbers.mebibytes(sum.expected()),
                Numbers.mebibytes(sum.actual()),
                100 * sum.error(),
                named(columns));
    }

    private static String named(List<Prediction> columns) {
        if (columns.isEmpty()) {
            return "none";
        }
        List<String> names = new ArrayList<>();
        for (Prediction column : columns.subList(0, Math.min(NAMED, columns.size()))) {
            names.add(Numbers.format("`%s` %+.0f %% of %,d", column.column(), 100 * column.error(), column.actual()));
        }
        if (columns.size() > NAMED) {
            names.add(columns.size() - NAMED + " more");
        }
        return String.join("; ", names);
    }
}
