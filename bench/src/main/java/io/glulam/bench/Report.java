package io.glulam.bench;

import io.glulam.bench.duckdb.DuckDb;
import io.glulam.bench.input.Input;
import io.glulam.bench.input.Inputs;
import io.glulam.bench.measure.Machine;
import io.glulam.bench.measure.Numbers;
import io.glulam.bench.prediction.PredictionReport;
import io.glulam.bench.reading.ReadingReport;
import io.glulam.bench.rewrite.Comparison;
import io.glulam.bench.rewrite.ContenderSet;
import io.glulam.bench.rewrite.Rivals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Measures sections and says each in Markdown. */
final class Report {
    private final Options options;
    private final Path root;
    private final Path folder;
    private final List<Input> inputs;

    private Report(Options options, Path root, Path folder, List<Input> inputs) {
        this.options = options;
        this.root = root;
        this.folder = folder;
        this.inputs = inputs;
    }

    /** Makes the inputs that are missing. */
    static Report of(Options options, Path root) throws IOException, SQLException {
        Path folder = options.folder() == null ? root.resolve("bench/target/data") : options.folder();
        Files.createDirectories(folder);
        Inputs standard = new Inputs(root, folder, options.scale());
        List<Input> inputs = new ArrayList<>();
        for (String input : options.inputs()) {
            boolean named = Inputs.names().contains(input);
            inputs.add(named ? standard.named(input) : Input.of(Path.of(input).toAbsolutePath()));
        }
        return new Report(options, root, folder, inputs.isEmpty() ? standard.all() : inputs);
    }

    String section(Section section) throws IOException, InterruptedException, SQLException {
        return switch (section) {
            case INPUTS -> inputs();
            case COPY -> compare(ContenderSet.copy(rivals(), root, options.glulamOptions()));
            case BALANCED -> compare(ContenderSet.balanced(rivals(), root, options.glulamOptions()));
            case SMALLEST -> compare(ContenderSet.smallest(rivals(), root, options.glulamOptions()));
            case READING -> reading();
            case PREDICTION -> prediction();
        };
    }

    private Rivals rivals() {
        return new Rivals(!options.onlyGlulam(), options.polars());
    }

    private String inputs() throws IOException, SQLException {
        StringBuilder table =
                new StringBuilder("| input | rows | row groups | columns | bytes |\n|---|---|---|---|---|\n");
        try (DuckDb duckDb = DuckDb.open()) {
            for (Input input : inputs) {
                table.append(Numbers.format(
                        "| %s | %,d | %,d | %d | %,d |%n",
                        input.name(),
                        duckDb.rows(input.file()),
                        duckDb.rowGroups(input.file()),
                        duckDb.leaves(input.file()),
                        Files.size(input.file())));
            }
        }
        return table.toString();
    }

    private String compare(ContenderSet contenders) throws IOException, InterruptedException, SQLException {
        StringBuilder report = new StringBuilder(Machine.description())
                .append(Numbers.format(
                        "; warm page cache; median (least–most) of %d rounds in turns, peak memory the most of all.%n",
                        options.rounds()));
        for (Input input : inputs) {
            report.append('\n').append(new Comparison(input, contenders, folder).run(options.rounds()));
        }
        return report.toString();
    }

    private String reading() throws IOException, InterruptedException, SQLException {
        StringBuilder report = new StringBuilder(Machine.description())
                .append(Numbers.format(
                        "; one warmed process of DuckDB, median of %d turns (in brackets: times as long as on DuckDB's own rewrite with the same codec).%n",
                        options.turns()));
        ReadingReport reading = new ReadingReport(root, folder, options.glulamOptions());
        for (Input input : inputs) {
            report.append('\n').append(reading.run(input, options.turns()));
        }
        return report.toString();
    }

    private String prediction() throws IOException, InterruptedException, SQLException {
        StringBuilder table = new StringBuilder(PredictionReport.HEAD);
        PredictionReport prediction = new PredictionReport(root, folder, options.glulamOptions());
        for (Input input : inputs) {
            table.append(prediction.rows(input));
        }
        return table.toString();
    }
}
