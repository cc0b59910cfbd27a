package io.glulam.bench;

import io.glulam.bench.duckdb.DuckDb;
import io.glulam.bench.footer.FooterReport;
import io.glulam.bench.input.Input;
import io.glulam.bench.input.Inputs;
import io.glulam.bench.measure.Machine;
import io.glulam.bench.measure.Numbers;
import io.glulam.bench.merge.MergeReport;
import io.glulam.bench.prediction.PredictionReport;
import io.glulam.bench.reading.ReadingReport;
import io.glulam.bench.rewrite.Comparison;
import io.glulam.bench.rewrite.ContenderSet;
import io.glulam.bench.rewrite.Rivals;
import io.glulam.bench.tables.ClusterReport;
import io.glulam.bench.tables.TablesReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Measures sections and says each in Markdown, table by table, as soon as it is there. */
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
            if (TablesReport.PARTS.contains(input)
                    || MergeReport.PARTS.contains(input)
                    || ClusterReport.PARTS.contains(input)) {
                continue;
            }
            boolean named = Inputs.names().contains(input);
            inputs.add(named ? standard.named(input) : Input.of(Path.of(input).toAbsolutePath()));
        }
        boolean needed = !Set.of(Section.FOOTERS, Section.MERGE, Section.TABLES, Section.SPARK)
                .containsAll(options.sections()); // They make their own.
        return new Report(options, root, folder, inputs.isEmpty() && needed ? standard.all() : inputs);
    }

    void measure(Section section, Markdown page) throws IOException, InterruptedException, SQLException {
        switch (section) {
            case INPUTS -> inputs(page);
            case COPY -> compare(ContenderSet.copy(rivals(), root, options.glulamOptions()), page);
            case MERGE -> merge(page);
            case BALANCED -> compare(ContenderSet.balanced(rivals(), root, options.glulamOptions()), page);
            case SMALLEST -> compare(ContenderSet.smallest(rivals(), root, options.glulamOptions()), page);
            case READING -> reading(page);
            case PREDICTION -> prediction(page);
            case FOOTERS -> footers(page);
            case TABLES -> tables(page);
            case SPARK -> spark(page);
        }
    }

    private Rivals rivals() {
        return new Rivals(!options.onlyGlulam(), options.polars());
    }

    private void inputs(Markdown page) throws IOException, SQLException {
        page.add("| input | rows | row groups | columns | bytes |\n|---|---|---|---|---|\n");
        try (DuckDb duckDb = DuckDb.open()) {
            for (Input input : inputs) {
                page.add(Numbers.format(
                        "| %s | %,d | %,d | %d | %,d |%n",
                        input.name(),
                        duckDb.rows(input.file()),
                        duckDb.rowGroups(input.file()),
                        duckDb.leaves(input.file()),
                        Files.size(input.file())));
            }
        }
    }

    private void compare(ContenderSet contenders, Markdown page)
            throws IOException, InterruptedException, SQLException {
        page.add(Machine.description());
        page.add(Numbers.format(
                "; warm page cache; median (least–most) of rounds in turns: %d, peak memory the most of all.%n",
                options.rounds()));
        for (Input input : inputs) {
            page.add("\n" + new Comparison(input, contenders, folder).run(options.rounds()));
        }
    }

    private void merge(Markdown page) throws IOException, InterruptedException, SQLException {
        page.add(Machine.description());
        page.add(Numbers.format(
                "; warm page cache; median (least–most) of rounds in turns: %d, peak memory the most of all.%n",
                options.rounds()));
        MergeReport merge = new MergeReport(
                root, folder, !options.onlyGlulam(), options.polars(), options.scale(), options.glulamOptions());
        boolean all = MergeReport.PARTS.stream().noneMatch(options.inputs()::contains);
        for (String part : MergeReport.PARTS) {
            if (all || options.inputs().contains(part)) {
                page.add("\n" + merge.part(part, options.rounds()));
            }
        }
    }

    private void reading(Markdown page) throws IOException, InterruptedException, SQLException {
        page.add(Machine.description());
        page.add(Numbers.format(
                "; one warmed process of DuckDB, median of turns: %d (in brackets: times as long as on DuckDB's own"
                        + " rewrite with the same codec).%n",
                options.turns()));
        ReadingReport reading = new ReadingReport(root, folder, options.glulamOptions());
        for (Input input : inputs) {
            page.add("\n" + reading.run(input, options.turns()));
        }
    }

    private void prediction(Markdown page) throws IOException, InterruptedException, SQLException {
        page.add(PredictionReport.HEAD);
        PredictionReport prediction = new PredictionReport(root, folder, options.glulamOptions());
        for (Input input : inputs) {
            page.add(prediction.rows(input));
        }
    }

    private void footers(Markdown page) throws IOException, InterruptedException, SQLException {
        page.add(Machine.description());
        page.add("; warm page cache, one run each.\n\n");
        page.add(new FooterReport(root, folder, options.glulamOptions(), !options.onlyGlulam()).table());
    }

    private void tables(Markdown page) throws IOException, InterruptedException {
        page.add(Machine.description());
        page.add(Numbers.format(
                "; Spark 4.1 in local[2], Iceberg 1.12, Delta 4.4; warm page cache; median of rounds in turns: %d."
                        + " Cold: a whole process from its start on; warm: the third run in one process; ratios: wall /"
                        + " processor.%n",
                options.rounds()));
        TablesReport tables = new TablesReport(root, folder, options.scale());
        double load = Machine.load();
        boolean all = TablesReport.PARTS.stream().noneMatch(options.inputs()::contains);
        for (String part : TablesReport.PARTS) {
            if (all || options.inputs().contains(part)) {
                page.add("\n" + tables.part(part, options.rounds()));
            }
        }
        page.add(Numbers.format("%nLoad of the machine before: %.1f, after: %.1f.%n", load, Machine.load()));
    }

    private void spark(Markdown page) throws IOException, InterruptedException {
        page.add(Machine.description());
        page.add(Numbers.format(
                "; Spark 4.1 with executors of one core and 1 GiB, each a process, Iceberg 1.12; warm page cache;"
                        + " median of rounds in turns: %d, after one that is not counted.%n",
                options.rounds()));
        double load = Machine.load();
        ClusterReport cluster = new ClusterReport(root, folder, options.scale());
        boolean all = ClusterReport.PARTS.stream().noneMatch(options.inputs()::contains);
        for (String part : ClusterReport.PARTS) {
            if (all || options.inputs().contains(part)) {
                page.add("\n" + cluster.part(part, options.rounds()));
            }
        }
        page.add(Numbers.format("%nLoad of the machine before: %.1f, after: %.1f.%n", load, Machine.load()));
    }
}
