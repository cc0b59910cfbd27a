package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTest {
    @TempDir
    Path folder;

    private Path a;
    private Path b;
    private Path out;

    @BeforeEach
    void writeFiles() {
        a = Demo.file(folder, "a.parquet", 2);
        b = Demo.file(folder, "b.parquet", 3);
        out = folder.resolve("all.parquet");
    }

    private static long rows(Path file) {
        try (ParquetFile parquet = ParquetFile.open(file)) {
            return parquet.metaData().getNum_rows();
        }
    }

    @Test
    void severalFilesBecomeOne() {
        Run run = Run.of("merge", a, b, "-o", out);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("all.parquet").contains("2 files, ").contains("merged into 1 file.");
        assertThat(rows(out)).isEqualTo(rows(a) + rows(b));
        assertThat(DuckDb.canRead(out)).isTrue();
    }

    @Test
    void oneFileBecomesSeveral() throws IOException {
        Path parts = folder.resolve("parts");

        Run run = Run.of("merge", b, "-o", parts, "--target-file-size", "1MB", "--threshold", "1KB");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("merged into 3 files.");
        Path again = folder.resolve("again.parquet");
        Run.of(
                "merge",
                parts.resolve("part-00000.parquet"),
                parts.resolve("part-00001.parquet"),
                parts.resolve("part-00002.parquet"),
                "-o",
                again,
                "--threshold",
                "1KB");
        assertThat(TripletComparison.firstDifference(b, again)).isEmpty();
        assertThat(Files.list(parts)).hasSize(3);
    }

    @Test
    void aDryRunShowsThePlanAndWritesNothing() {
        Run run = Run.of("merge", a, b, "--dry-run");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("merged into 1 file. Nothing was written.");
        assertThat(out).doesNotExist();
    }

    @Test
    void jsonIsOneDocument() {
        Map<String, Object> document =
                Run.of("merge", a, b, "-o", out, "--json").document();

        assertThat(document).containsOnlyKeys("inputs", "outputs", "dropped");
        assertThat(document.get("inputs").toString()).contains("files=2").contains("row_groups=5");
        Map<?, ?> output = (Map<?, ?>) ((List<?>) document.get("outputs")).get(0);
        assertThat(output.get("target")).isEqualTo(out.toString());
        assertThat(output.get("published")).isEqualTo(true);
    }

    @Test
    void failuresAreToldToMachinesAndPeople() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.parquet"), "PAR1 no more");

        Run run = Run.of("merge", a, damaged, "-o", out, "--json");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("damaged.parquet").hasLineCount(1);
        assertThat(run.document()).containsKey("error");
        assertThat(out).doesNotExist();
    }

    @Test
    void quietPrintsNothing() {
        Run run = Run.of("merge", a, b, "-o", out, "-q");

        assertThat(run).isEqualTo(new Run(0, "", ""));
        assertThat(out).exists();
    }

    @Test
    void whatCannotBeMeantIsRefused() throws IOException {
        Files.writeString(out, "mine");
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("old.parquet"), "mine");

        assertRefused("merge needs -o OUT", "merge", a, b);
        assertRefused("is given twice", "merge", a, a, "-o", folder.resolve("new.parquet"));
        assertRefused("OUT is one of the inputs", "merge", a, b, "-o", b, "--force");
        assertRefused("exists: say --force", "merge", a, b, "-o", out);
        assertRefused("is a folder: name a file", "merge", a, b, "-o", full);
        assertRefused("holds Parquet files", "merge", a, "-o", full, "--target-file-size", "1MB");
        assertRefused("is no folder", "merge", a, "-o", out, "--target-file-size", "1MB");
        assertRefused("merge reads local files only", "merge", "s3://bucket/a.parquet", "-o", out);
        assertRefused("common, first, fail", "merge", a, b, "-o", out, "--metadata", "all");
        assertThat(out).hasContent("mine");
    }

    @Test
    void anExistingFileIsReplacedOnRequest() throws IOException {
        Files.writeString(out, "mine");

        assertThat(Run.of("merge", a, b, "-o", out, "--force", "-q").code()).isZero();
        assertThat(rows(out)).isEqualTo(rows(a) + rows(b));
    }

    private static void assertRefused(String message, Object... arguments) {
        Run run = Run.of(arguments);

        assertThat(run.code()).as(message).isEqualTo(2);
        assertThat(run.err()).contains(message).hasLineCount(2);
    }
}
