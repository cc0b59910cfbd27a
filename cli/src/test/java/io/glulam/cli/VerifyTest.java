package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.DuckDbFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    @TempDir
    static Path folder;

    private static Path one;
    private static Path otherLayout;
    private static Path otherValue;

    @BeforeAll
    static void writeFiles() throws IOException {
        String rows = "SELECT i AS id, 'text ' || i AS name FROM range(10000) t(i)";
        one = DuckDbFiles.write(rows, 2048, "COMPRESSION snappy", folder.resolve("one.parquet"));
        otherLayout = DuckDbFiles.write(rows, 4096, "COMPRESSION zstd", folder.resolve("layout.parquet"));
        otherValue = DuckDbFiles.write(
                rows.replace("'text ' || i", "CASE i WHEN 7777 THEN 'other' ELSE 'text ' || i END"),
                2048,
                "COMPRESSION snappy",
                folder.resolve("value.parquet"));
    }

    @Test
    void filesOfEqualValuesAreEqualHoweverTheyAreLaidOut() {
        Run run = Run.of("verify", one, otherLayout);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("Equal: every value");
    }

    @Test
    void theFirstDifferenceIsNamedByColumnAndRow() {
        Run run = Run.of("verify", one, otherValue);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("Different: column name, row 7777: ").contains("other");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void machinesHearTheSame() {
        assertThat(Run.of("verify", one, otherLayout, "--json").document())
                .containsEntry("equal", true)
                .containsEntry("difference", null);
        Map<String, Object> different =
                Run.of("verify", one, otherValue, "--json").document();
        assertThat(different).containsEntry("equal", false);
        assertThat(different.get("difference"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("column", "name")
                .containsEntry("row", 7777L);
    }

    @Test
    void aPageThatIsTooLargeIsRefusedWithTheMemoryThatItNeeds() throws IOException {
        Path large = DuckDbFiles.write(
                "SELECT repeat(md5('value'), 400000) AS v",
                2048,
                "COMPRESSION snappy",
                folder.resolve("large.parquet"));

        Run refused = Run.of("verify", large, large, "--memory", "96MiB");

        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err()).contains("a page of 12800004 bytes").contains("; raise --memory to 391MiB");
        assertThat(Run.of("verify", large, large, "--memory", "391MiB").code()).isZero();
    }

    @Test
    void aFileThatCannotBeReadIsNotADifference() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad"), "neither equal nor different");

        assertThat(Run.of("verify", one, bad).code()).isEqualTo(3);
        assertThat(Run.of("verify", folder.resolve("none"), one).code()).isEqualTo(6);
    }
}
