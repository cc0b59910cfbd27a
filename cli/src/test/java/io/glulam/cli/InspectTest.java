package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.cli.text.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    private static final Terminal TERMINAL = new Terminal(true, true, 100, true);

    @TempDir
    static Path folder;

    private static Path file;

    @BeforeAll
    static void writeFile() {
        file = Demo.file(folder, "a.parquet", 3);
    }

    @Test
    void itShowsSchemaWriterAndRowGroups() {
        Run run = Run.of("inspect", file);

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("60,000 rows, 3 row groups, 9 columns")
                .contains("written by glulam-demo")
                .containsPattern("price +INT64 +required DECIMAL\\(12,2\\)")
                .contains("   └─ element")
                .contains("1.0 MiB – 2.0 MiB")
                .contains("100.0 % fragmented: 3 of 3 row groups are under 2.0 MiB.");
    }

    @Test
    void theThresholdDecidesWhatIsFragmented() {
        assertThat(Run.of("inspect", file, "--threshold", "1MB").out())
                .contains("Not fragmented: no row group is under 977 KiB.");
        assertThat(Run.of("inspect", file, "--threshold", "auto").out()).contains("row group is under 1.0 MiB.");
    }

    @Test
    void columnsAndRowGroupsAreShownOnRequest() {
        assertThat(Run.of("inspect", file).out()).doesNotContain("SNAPPY").doesNotContain("offset");

        Run run = Run.of("inspect", file, "--columns", "--row-groups");

        assertThat(run.out())
                .containsPattern("country +[0-9. KMiB]+ +[0-9.]+ % +[0-9.]+ +SNAPPY +PLAIN, RLE_DICTIONARY")
                .containsPattern("(?m)^ +2 +20,000 +.* fragment$");
    }

    @Test
    void linesFitTheWidthThatThereIs() {
        for (int columns : new int[] {80, 140}) {
            Run run = Run.on(new Terminal(true, true, columns, false), "inspect", file, "--columns", "--row-groups");

            assertThat(run.out().lines())
                    .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(columns));
        }
    }

    @Test
    void twentyThousandRowGroupsAreOneScreen() throws IOException {
        Run run = Run.of("inspect", ManyRowGroups.write(folder.resolve("many.parquet"), 20_000, 117_000));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .hasLineCount(15)
                .contains("20,000 row groups")
                .contains("  64.0 KiB – 128 KiB      20,000   100.0 %  ██")
                .contains("  " + "░".repeat(76) + "\n")
                .contains("100.0 % fragmented: 20,000 of 20,000 row groups are under 2.0 MiB.");
    }

    @Test
    void oneRowGroupIsAPictureToo() throws IOException {
        Run run = Run.of("inspect", ManyRowGroups.write(folder.resolve("one.parquet"), 1, 5_000_000));

        assertThat(run.out())
                .contains("  4.0 MiB – 8.0 MiB           1   100.0 %  ██")
                .contains("  " + "█".repeat(76) + "\n")
                .contains("Not fragmented");
    }

    @Test
    void noRowGroupAtAllIsSaid() throws IOException {
        Run run = Run.of("inspect", ManyRowGroups.write(folder.resolve("none.parquet"), 0, 0));

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("0 row groups").contains("no row groups");
    }

    @Test
    void colourIsForTerminalsUnlessToldOtherwise() {
        assertThat(Run.of("inspect", file).out()).doesNotContain("\u001b");
        assertThat(Run.on(TERMINAL, "inspect", file).out()).contains("\u001b[33m");
        assertThat(Run.on(TERMINAL, "inspect", file, "--color", "never").out()).doesNotContain("\u001b");
        assertThat(Run.of("inspect", "--color=always", file).out()).contains("\u001b[33m");
        assertThat(Run.of("--color=always", "inspect", file).out()).contains("\u001b[33m");
    }

    @Test
    void jsonIsOneDocumentAFileAndNeverColoured() {
        Run run = Run.on(TERMINAL, "inspect", file, file, "--json");

        assertThat(run.documents()).hasSize(2);
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void jsonHoldsWhatTheTextSays() {
        Map<String, Object> document =
                Run.of("inspect", file, "--json", "--columns", "--row-groups").document();

        assertThat(document)
                .containsEntry("file", file.toString())
                .containsEntry("rows", 60_000L)
                .containsEntry("row_group_count", 3L)
                .containsEntry("fragments", 3L)
                .containsEntry("fragmented_share", 1.0)
                .containsEntry("created_by", "glulam-demo version 1");
        assertThat((List<?>) document.get("columns")).hasSize(9);
        assertThat((List<?>) document.get("row_groups")).hasSize(3);
        assertThat((List<?>) document.get("schema")).hasSize(9);
    }
}
