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
    void aFolderOrAPatternThatStandsForNothingIsNoFailure() {
        for (String nothing : List.of("none/", "none/*.parquet", "*.none")) {
            Run run = Run.of("merge", folder + "/" + nothing, "-o", folder + "/merged/");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains("no file to merge.");
        }
        assertThat(Run.of("merge", folder + "/none/", "-o", folder + "/merged/", "--exit-code")
                        .code())
                .isEqualTo(10);
        assertThat(Run.of("merge", folder + "/none.parquet", "-o", folder + "/merged/")
                        .code())
                .isEqualTo(6);
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
        assertThat(parts).isDirectoryNotContaining("glob:**part-00003.parquet");
    }

    @Test
    void partitionsOfAFolderStayApartAndWhatIsNoInputIsNamed() throws IOException {
        Path events = folder.resolve("events");
        for (String day : List.of("dt=1", "dt=2")) {
            Path partition = Files.createDirectories(events.resolve(day));
            Files.copy(a, partition.resolve("part-10.parquet"));
            Files.copy(b, partition.resolve("part-9.parquet"));
            Files.writeString(partition.resolve("_SUCCESS"), "");
            Files.writeString(partition.resolve(".part-9.parquet.crc"), "crc");
        }
        Files.createFile(events.resolve("empty.parquet"));
        Files.writeString(events.resolve("notes.txt"), "foreign");
        Path merged = folder.resolve("merged");

        Run run = Run.of("merge", events, "-o", merged + "/");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("merged into 2 files.")
                .contains("Passed over: 4 files (hidden)")
                .contains("Passed over: 1 file (empty)")
                .contains("(not named as a Parquet file), such as");
        Path expected = folder.resolve("expected.parquet");
        Run.of("merge", b, a, "-o", expected);
        for (String day : List.of("dt=1", "dt=2")) {
            Path output = merged.resolve(day).resolve("part-00000.parquet");
            assertThat(TripletComparison.firstDifference(expected, output)).isEmpty();
        }
        assertRefused("stay apart: name a folder", "merge", events, "-o", out);
        assertRefused("stay apart: name a folder", "merge", events.resolve("dt=1"), events.resolve("dt=2"), "-o", out);
        assertThat(Run.of("merge", merged, "-o", folder.resolve("again") + "/", "--exit-code", "-q")
                        .code())
                .isEqualTo(10);
    }

    @Test
    void aPatternAndAListNameTheSameFiles() throws IOException {
        Path list = Files.writeString(folder.resolve("list"), a + "\n\n" + b + "\n");
        Path listed = folder.resolve("listed.parquet");
        Path matched = folder.resolve("matched.parquet");

        assertThat(Run.of("merge", "--files-from", list, "-o", listed, "-q").code())
                .isZero();
        assertThat(Run.of("merge", folder + "/?.parquet", "-o", matched, "-q").code())
                .isZero();

        assertThat(listed).hasSameBinaryContentAs(matched);
    }

    @Test
    void youngAndLargeFilesArePassedOver() {
        Run young = Run.of("merge", a, b, "-o", out, "--older-than", "1h", "--exit-code");
        assertThat(young.code()).isEqualTo(10);
        assertThat(young.out()).contains("no file to merge").contains("2 files (younger than --older-than)");

        Run large = Run.of("merge", a, b, "-o", out, "--min-file-size", "1KB", "--exit-code");
        assertThat(large.code()).isEqualTo(10);
        assertThat(out).doesNotExist();
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

        assertThat(document)
                .containsOnlyKeys("outcome", "inputs", "outputs", "traffic", "passed_over", "dropped", "replaced");
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
        assertRefused("exists: use --force", "merge", a, b, "-o", out);
        assertRefused("--force replaces one file", "merge", a, b, "-o", full, "--force");
        assertRefused("--replace needs a folder", "merge", a, b, "-o", folder.resolve("new.parquet"), "--replace");
        assertRefused("merge needs FILEs", "merge", "-o", folder.resolve("new.parquet"));
        assertRefused("is not a duration", "merge", a, b, "-o", full, "--older-than", "soon");
        assertRefused("is not a folder", "merge", a, "-o", out, "--target-file-size", "1MB");
        assertRefused("common, first, fail", "merge", a, b, "-o", out, "--metadata", "all");
        assertThat(out).hasContent("mine");
    }

    @Test
    void aListOfFilesThatIsNotThereIsAFileThatIsNotThere() {
        Run run = Run.of("merge", "--files-from", folder.resolve("no-list"), "-o", out);

        assertThat(run.code()).isEqualTo(6);
        assertThat(run.err())
                .isEqualTo(
                        "glulam: " + folder.resolve("no-list") + ": no such file or folder" + System.lineSeparator());
    }

    @Test
    void anExistingFileIsReplacedOnRequest() throws IOException {
        Files.writeString(out, "mine");

        assertThat(Run.of("merge", a, b, "-o", out, "--force", "-q").code()).isZero();
        assertThat(rows(out)).isEqualTo(rows(a) + rows(b));
    }

    @Test
    void eachRunIntoAFolderAddsWhatIsNew() throws IOException {
        Path merged = folder.resolve("merged");
        assertThat(Run.of("merge", a, b, "-o", merged + "/").code()).isZero();
        Path c = Demo.file(folder, "c.parquet", 1);

        Run dry = Run.of("merge", a, b, c, "-o", merged, "--dry-run");
        Run run = Run.of("merge", a, b, c, "-o", merged);

        assertThat(dry.err()).isEmpty();
        assertThat(dry.out()).contains("merged into 1 file. Nothing was written.");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("1 file, ").contains("Passed over: 2 files (in OUT already), such as ");
        assertThat(rows(merged.resolve("part-00001.parquet"))).isEqualTo(rows(c));
        Run again = Run.of("merge", a, b, c, "-o", merged, "--exit-code", "--json");
        assertThat(again.code()).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(again.document().get("passed_over").toString()).contains("reason=MERGED");
    }

    @Test
    void aDryRunAlsoCountsFilesThatWereMergedBeforeAndWouldBeDeleted() {
        Path merged = folder.resolve("merged");
        Run.of("merge", a, b, "-o", merged + "/");

        Run dry = Run.of("merge", a, b, "-o", merged, "--replace", "--dry-run");
        Run run = Run.of("merge", a, b, "-o", merged, "--replace");

        assertThat(dry.out()).contains("After that, --replace would delete the 2 files.");
        assertThat(run.out()).contains("Replaced: 2 inputs and 0 earlier outputs deleted");
    }

    @Test
    void filesAreReplacedOnRequest() {
        Path merged = folder.resolve("merged");

        Run dry = Run.of("merge", a, b, "-o", merged + "/", "--replace", "--dry-run");
        assertThat(dry.out()).contains("After that, --replace would delete the 2 files.");
        assertThat(a).exists();
        assertThat(merged).doesNotExist();

        Run run = Run.of("merge", a, b, "-o", merged + "/", "--replace");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Replaced: 2 inputs and 0 earlier outputs deleted");
        assertThat(a).doesNotExist();
        assertThat(b).doesNotExist();

        Path c = Demo.file(folder, "c.parquet", 1);
        Run json = Run.of("merge", c, "-o", merged, "--replace", "--json");
        assertThat(json.document().get("replaced").toString()).isEqualTo("{inputs=1, outputs=0, only_looked_at=true}");
    }

    @Test
    void replacedFilesAreKeptAndBroughtBack() throws IOException {
        Path merged = folder.resolve("merged");
        Path kept = folder.resolve("kept");
        byte[] bytes = Files.readAllBytes(a);
        assertThat(Run.of("merge", a, b, "-o", merged + "/", "--replace", "--keep-replaced", kept)
                        .code())
                .isZero();
        assertThat(a).doesNotExist();

        Run run = Run.of("restore", a, "--replaced-by", merged, "--keep-replaced", kept);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("a.parquet: restored from ");
        assertThat(a).hasBinaryContent(bytes);
        assertThat(b).doesNotExist();
        assertThat(Run.of("restore", a, "--replaced-by", merged, "--keep-replaced", kept)
                        .code())
                .isEqualTo(ExitCode.STORAGE_FAILED.code());
        assertRefused("go together", "restore", a, "--replaced-by", merged);
        assertRefused("--keep-replaced needs --replace", "merge", a, "-o", merged, "--keep-replaced", kept);
    }

    @Test
    void filesThatNoMergeHasRecordedAreRefused() throws IOException {
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("old.parquet"), "mine");

        Run run = Run.of("merge", a, b, "-o", full);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("holds Parquet files")
                .contains("old.parquet")
                .hasLineCount(1);
    }

    private static void assertRefused(String message, Object... arguments) {
        Run run = Run.of(arguments);

        assertThat(run.code()).as(message).isEqualTo(2);
        assertThat(run.err()).contains(message).hasLineCount(2);
    }
}
