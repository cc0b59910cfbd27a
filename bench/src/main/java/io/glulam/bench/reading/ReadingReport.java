package io.glulam.bench.reading;

import io.glulam.bench.input.Input;
import io.glulam.bench.rewrite.Contender;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How the outputs of all efforts read, beside DuckDB's own rewrites with the same codec. */
public final class ReadingReport {
    private final Path root;
    private final Path folder;
    private final List<String> options;

    /** {@code root} is the project's folder; outputs lie in {@code folder} meanwhile; {@code options} go to glulam. */
    public ReadingReport(Path root, Path folder, List<String> options) {
        this.root = root;
        this.folder = folder;
        this.options = options;
    }

    /** Markdown for one input. */
    public String run(Input input, int turns) throws IOException, InterruptedException, SQLException {
        try (Outputs outputs = new Outputs(input, folder)) {
            outputs.add(Contender.DUCKDB_SNAPPY, Contender.DUCKDB_SNAPPY);
            outputs.add(Contender.glulam(root, "copy", options), Contender.DUCKDB_SNAPPY);
            outputs.add(Contender.glulam(root, "balanced", options), Contender.DUCKDB_SNAPPY);
            outputs.add(Contender.DUCKDB_V2_ZSTD, Contender.DUCKDB_V2_ZSTD);
            outputs.add(Contender.glulam(root, "smallest", options), Contender.DUCKDB_V2_ZSTD);
            StringBuilder report = new StringBuilder();
            report.append(
                    new ReadingComparison(input, outputs.files()).run(turns).markdown());
            outputs.failures()
                    .forEach(failure -> report.append("\n").append(failure).append(".\n"));
            return report.append(pageIndexes(input, outputs.files())).toString();
        }
    }

    private static String pageIndexes(Input input, List<Rewritten> files) throws IOException {
        Optional<PageIndexFilter> filter = PageIndexFilter.of(input);
        if (filter.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder();
        table.append(
                        "\n| %s: parquet-java looks up one `%s` in | rows | data pages | rows by page index | data pages |\n"
                                .formatted(input.name(), filter.get().column()))
                .append("|---|---|---|---|---|\n");
        for (Rewritten file : files) {
            PagesRead without = filter.get().read(file.file(), false);
            PagesRead with = filter.get().read(file.file(), true);
            table.append("| %s | %,d | %,d | %,d | %,d |\n"
                    .formatted(file.name(), without.rows(), without.pages(), with.rows(), with.pages()));
        }
        return table.toString();
    }
}
