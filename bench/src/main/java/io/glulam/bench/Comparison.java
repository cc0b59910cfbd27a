package io.glulam.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** One input, all contenders, in turns: A B C, A B C, so that a drifting machine is unfair to nobody. */
final class Comparison {
    private final Input input;
    private final List<Standing> standings;
    private final Path output;
    private final Path log;

    /** Outputs and the contenders' own messages go into {@code folder}. */
    Comparison(Input input, List<Contender> contenders, Path folder) {
        this.input = input;
        this.standings = contenders.stream().map(Standing::new).toList();
        this.output = folder.resolve("output.parquet");
        this.log = folder.resolve("bench.log");
    }

    /** Runs all rounds and returns the result as a Markdown table. */
    String run(int rounds) throws IOException, InterruptedException, SQLException {
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
        String result = measured.succeeded()
                ? String.format(Locale.ROOT, "%.2f s", measured.seconds())
                : "failed, see the end of " + log;
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
        Standing baseline = standings.stream()
                .filter(standing -> standing.contender().equals(Contender.COPY_AND_SYNC))
                .findFirst()
                .orElseThrow();
        StringBuilder table = new StringBuilder();
        table.append("| %s: %s, %d row groups | wall | ÷ `cp` + `sync` | peak resident memory | output | row groups |%n"
                .formatted(input.name(), Standing.mebibytes(Files.size(input.file())), duckDb.rowGroups(input.file())));
        table.append("|---|---|---|---|---|---|\n");
        standings.forEach(standing -> table.append(standing.row(baseline)));
        return table.toString();
    }
}
