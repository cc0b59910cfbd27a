package io.glulam.bench.merge;

import io.glulam.bench.duckdb.DuckDb;
import io.glulam.bench.measure.Machine;
import io.glulam.bench.measure.Measured;
import io.glulam.bench.measure.Numbers;
import io.glulam.bench.measure.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whole processes that make one file of several, in turns. */
final class MergeComparison {
    private final Path output;
    private final Path log;
    private final Map<String, List<String>> commands = new LinkedHashMap<>();
    private final Map<String, List<Measured>> rounds = new LinkedHashMap<>();

    /** The output and the contenders' own messages go into {@code folder}. */
    MergeComparison(Path folder) {
        this.output = folder.resolve("merged.parquet");
        this.log = folder.resolve("bench.log");
    }

    Path output() {
        return output;
    }

    /** Adds a contender; the first one is glulam, whom the others are compared with. */
    MergeComparison with(String name, List<String> command) {
        commands.put(name, command);
        rounds.put(name, new ArrayList<>());
        return this;
    }

    /** Runs all rounds and returns a line of a table for each contender. */
    String run(int count, long rows) throws IOException, InterruptedException, SQLException {
        double load = Machine.load();
        try (DuckDb duckDb = DuckDb.open()) {
            for (int round = 0; round < count; round++) {
                for (Map.Entry<String, List<String>> contender : commands.entrySet()) {
                    run(contender.getKey(), contender.getValue(), duckDb, rows);
                }
            }
        } finally {
            Files.deleteIfExists(output);
        }
        StringBuilder lines = new StringBuilder();
        double own = median(rounds.values().iterator().next());
        rounds.forEach((name, measured) -> lines.append(line(name, measured, own)));
        return lines + Numbers.format("%nLoad of the machine before: %.1f, after: %.1f.%n", load, Machine.load());
    }

    private void run(String name, List<String> command, DuckDb duckDb, long rows)
            throws IOException, InterruptedException, SQLException {
        Measured measured = Stopwatch.run(command, output, log);
        System.err.printf("%s: %s%n", name, measured.succeeded() ? measured.seconds() + " s" : "failed, see " + log);
        if (measured.succeeded() && duckDb.rows(output) != rows) {
            throw new IllegalStateException(name + " wrote other rows than it read");
        }
        rounds.computeIfAbsent(name, unknown -> new ArrayList<>()).add(measured);
    }

    private static double median(List<Measured> measured) {
        return Numbers.median(measured.stream().mapToDouble(Measured::seconds).toArray());
    }

    private static String line(String name, List<Measured> measured, double own) {
        if (!measured.stream().allMatch(Measured::succeeded)) {
            return "| " + name + " | failed | | | | |\n";
        }
        double[] sorted =
                measured.stream().mapToDouble(Measured::seconds).sorted().toArray();
        long peak = measured.stream().mapToLong(Measured::peakResident).max().orElse(0);
        double processor = Numbers.median(
                measured.stream().mapToDouble(Measured::processorSeconds).toArray());
        return Numbers.format(
                "| %s | %.2f s (%.2f–%.2f) | %.2f | %.2f s | %s | %s |%n",
                name,
                Numbers.median(sorted),
                sorted[0],
                sorted[sorted.length - 1],
                Numbers.median(sorted) / own,
                processor,
                Numbers.mebibytes(peak),
                Numbers.mebibytes(measured.get(0).outputLength()));
    }

    /** Heads of the columns, Markdown. */
    static String head(String what) {
        return "| " + what
                + " | wall | ÷ merge | processor | peak resident memory | output |\n|---|---|---|---|---|---|\n";
    }
}
