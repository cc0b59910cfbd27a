package io.glulam.bench.rewrite;

import io.glulam.bench.duckdb.DuckDb;
import io.glulam.bench.input.Input;
import io.glulam.bench.measure.Measured;
import io.glulam.bench.measure.Numbers;
import io.glulam.bench.measure.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;

/** One input, a set of contenders, in turns: A B C, A B C, so that a drifting machine is unfair to nobody. */
public final class Comparison {
    private final Input input;
    private final List<Standing> standings;
    private final List<Baseline> baselines;
    private final Path output;
    private final Path log;

    /** Outputs and the contenders' own messages go into {@code folder}. */
    public Comparison(Input input, ContenderSet contenders, Path folder) {
        this.input = input;
        this.standings = contenders.contenders().stream().map(Standing::new).toList();
        this.baselines = contenders.baselines();
        this.output = folder.resolve("output.parquet");
        this.log = folder.resolve("bench.log");
    }

    /** Runs all rounds and returns the result as a Markdown table. */
    public String run(int rounds) throws IOException, InterruptedException, SQLException {
        try (DuckDb duckDb = DuckDb.open()) {
            Files.copy(input.file(), output, StandardCopyOption.REPLACE_EXISTING); // Warms the page cache.
            for (int round = 0; round < rounds; round++) {
                for (Standing standing : standings) {
                    run(standing, duckDb, round);
                }
            }
            return table(duckDb);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private void run(Standing standing, DuckDb duckDb, int round)
            throws IOException, InterruptedException, SQLException {
        Contender contender = standing.contender();
        Measured measured = Stopwatch.run(contender.command().apply(input.file(), output), output, log);
        String result =
                measured.succeeded() ? Numbers.format("%.2f s", measured.seconds()) : "failed, see the end of " + log;
        System.err.printf("%s, round %d, %s: %s%n", input.name(), round + 1, contender.name(), result);
        standing.add(measured);
        if (round == 0 && measured.succeeded()) {
            if (duckDb.rows(input.file()) != duckDb.rows(output)) {
                throw new IllegalStateException(contender.name() + " wrote other rows than it read");
            }
            standing.wrote(duckDb.rowGroups(output));
        }
    }

    private String table(DuckDb duckDb) throws IOException, SQLException {
        long length = Files.size(input.file());
        StringBuilder table = new StringBuilder();
        table.append("| %s: %s, %,d row groups | wall | processor |"
                .formatted(input.name(), Numbers.mebibytes(length), duckDb.rowGroups(input.file())));
        baselines.forEach(
                baseline -> table.append(' ').append(baseline.heading()).append(" |"));
        table.append(" peak resident memory | output | of the input | row groups |\n");
        table.append("|---|---|---|").append("---|".repeat(baselines.size())).append("---|---|---|---|\n");
        standings.forEach(standing -> table.append(row(standing, length)));
        return table.toString();
    }

    private String row(Standing standing, long inputLength) {
        StringBuilder row = new StringBuilder("| ").append(standing.contender().name());
        if (!standing.succeeded()) {
            return row.append(" | failed (exit code ")
                    .append(standing.lastExitCode())
                    .append(") |")
                    .append(" |".repeat(baselines.size() + 5))
                    .append('\n')
                    .toString();
        }
        row.append(" | ").append(standing.wall()).append(" | ").append(standing.processor());
        baselines.forEach(baseline -> row.append(" | ").append(ratio(standing, baseline)));
        return row.append(" | ")
                .append(standing.peakResident())
                .append(" | ")
                .append(Numbers.mebibytes(standing.outputLength()))
                .append(Numbers.format(" | %.1f %%", 100.0 * standing.outputLength() / inputLength))
                .append(" | ")
                .append(standing.rowGroups())
                .append(" |\n")
                .toString();
    }

    private String ratio(Standing standing, Baseline baseline) {
        return standings.stream()
                .filter(other -> other.contender().equals(baseline.contender()) && other.succeeded())
                .findFirst()
                .map(other -> baseline.faster()
                        ? Numbers.ratio(other.seconds(), standing.seconds())
                        : Numbers.ratio(standing.seconds(), other.seconds()))
                .map(ratio -> Numbers.format("%.2f", ratio))
                .orElse("–");
    }
}
