package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.cli.demo.DemoFile;
import io.glulam.tables.iceberg.DemoTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
class TablesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeTable() {
        makeTable(folder);
    }

    /** Makes the demonstration's table, of six files. */
    static void makeTable(Path folder) {
        DemoTable.create(folder, DemoFile.ICEBERG_SCHEMA, 6, (file, index) -> {
            try {
                Files.createDirectories(file.getParent());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            DemoFile.write(file, 1, (written, of) -> {});
            return DemoFile.ROWS_PER_GROUP;
        });
    }

    private Run run(String verb, Object... more) {
        return run(folder, verb, more);
    }

    /** Runs a command on the table that was made in a folder. */
    static Run run(Path folder, String verb, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of(verb, DemoTable.address()));
        for (String pair : DemoTable.catalogProperties(folder)) {
            arguments.add("--catalog-property");
            arguments.add(pair);
        }
        arguments.addAll(Arrays.asList(more));
        return Run.of(arguments.toArray());
    }

    @Test
    void aTableIsInspectedPlannedCompactedAndVerified() {
        Run inspected = run("inspect");
        assertThat(inspected.err()).isEmpty();
        assertThat(inspected.out())
                .contains("iceberg:demo.shop.views (Iceberg v2, snapshot ")
                .contains("6 files")
                .contains("compact would merge 6 files into 1.");

        assertThat(run("plan").out()).contains("to merge").contains("Nothing was written.");
        assertThat(run("compact", "--dry-run").out()).contains("Nothing was written.");

        Map<String, Object> report = run("compact", "--json").document();
        assertThat(report)
                .containsEntry("outcome", "COMPACTED")
                .containsEntry("rewritten_data_files_count", 6L)
                .containsEntry("added_data_files_count", 1L);
        @SuppressWarnings("unchecked")
        Map<String, Object> plan = (Map<String, Object>) report.get("plan");
        Object after = ((List<?>) report.get("committed_snapshot_ids")).get(0);

        Run verified = run("verify", "--snapshots", plan.get("snapshot_id"), after);
        assertThat(verified.err()).isEmpty();
        assertThat(verified.code()).isZero();
        assertThat(verified.out()).contains("hold the same rows: 120,000 rows");

        Run again = run("compact", "--exit-code");
        assertThat(again.code()).isEqualTo(10);
        assertThat(again.out()).contains("The table has nothing to merge.");
    }

    @Test
    void whatCannotBeMeantIsBadUsage() {
        assertThat(run("compact", "--option", "sort-order=id").err()).contains("there is no option sort-order");
        assertThat(run("compact", "--where", "nothing = 1").err()).contains("the filter does not fit the table");
        Run secret = run("compact", "--catalog-property", "token=abc");
        assertThat(secret.code()).isEqualTo(2);
        assertThat(secret.err()).contains("takes no secrets").doesNotContain("abc");
        assertThat(Run.of("inspect", "iceberg:nothing").err()).contains("iceberg:CATALOG.NAMESPACE.TABLE");
        assertThat(Run.of("inspect", "iceberg:unknown.db.t", "--catalog-config", folder.resolve("none"))
                        .err())
                .contains("there is no catalog of that name");
    }

    @Test
    void theDemonstrationMakesATableAndCompactsIt() {
        Run demo = Run.of("demo", "--table", "--row-groups", 6, "--keep", folder.resolve("kept"));

        assertThat(demo.err()).isEmpty();
        assertThat(demo.code()).isZero();
        assertThat(demo.out())
                .contains("An Iceberg table as a streaming writer leaves it")
                .contains("Compacted iceberg:demo.shop.views.")
                .contains("hold the same rows")
                .contains("--catalog-property type=jdbc");
    }
}
