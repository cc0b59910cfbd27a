package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.cli.text.Terminal;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactTest {
    @TempDir
    Path folder;

    private Path file;
    private Path out;

    @BeforeEach
    void writeFile() {
        file = Demo.file(folder, "a.parquet", 3);
        out = folder.resolve("out.parquet");
    }

    @Test
    void itWritesANewFileAndReportsWhatItDid() throws IOException {
        Path copy = Files.copy(file, folder.resolve("copy"));

        Run run = Run.of("compact", file, "-o", out);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("a\\.parquet → .*out\\.parquet\n")
                .containsPattern("before +[0-9.]+ MiB +60,000 +3 +3\n")
                .containsPattern("after +[0-9.]+ MiB +60,000 +1 +0\n")
                .containsPattern("join +NO_DICTIONARY +4 ")
                .containsPattern("remap +DICTIONARIES_DIFFER ")
                .containsPattern("move +[0-9.]+ m?s +[0-9.]+ m?s")
                .contains(" read, ")
                .contains(" written");
        assertThat(rowGroups(out)).isEqualTo(1);
        assertThat(TripletComparison.firstDifference(file, out)).isEmpty();
        assertThat(file).hasSameBinaryContentAs(copy);
    }

    @Test
    void quietSaysNothing() {
        Run run = Run.of("compact", file, "-o", out, "-q");

        assertThat(run).isEqualTo(new Run(0, "", ""));
        assertThat(out).exists();
    }

    @Test
    void progressIsDrawnOnATerminalAndWipedInTheEnd() {
        Run run = Run.on(new Terminal(false, true, 80, false), "compact", file, "-o", out);

        assertThat(run.err()).contains("Moving").endsWith("\r\u001b[J");
    }

    @Test
    void jsonIsTheReport() {
        Map<String, Object> report =
                Run.of("compact", file, "-o", out, "--json").document();

        assertThat(report)
                .containsEntry("source", file.toString())
                .containsEntry("target", out.toString())
                .containsEntry("published", true)
                .containsEntry("nothing_to_do", false)
                .containsEntry("dropped", List.of());
        assertThat(report.get("before"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("row_groups", 3L);
        assertThat(report.get("after"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("row_groups", 1L)
                .containsEntry("fragments", 0L);
        assertThat((List<?>) report.get("columns")).hasSize(9);
    }

    @Test
    void nothingToDoStillWritesTheOutputAndExitsWithZero() throws IOException {
        Path again = folder.resolve("again.parquet");
        Run.of("compact", file, "-o", out);

        Run run = Run.of("compact", out, "-o", again);

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Nothing to do").contains("copy");
        assertThat(again).hasSameBinaryContentAs(out);
    }

    @Test
    void exitCodeTellsNothingToDoApart() {
        assertThat(Run.of("compact", file, "-o", out, "--exit-code").code()).isZero();
        assertThat(Run.of("compact", out, "--in-place", "--exit-code").code()).isEqualTo(10);
        assertThat(Run.of("compact", out, "--dry-run", "--exit-code").code()).isEqualTo(10);
        assertThat(Run.of("compact", out, file, "--in-place", "--exit-code").code())
                .isZero();
    }

    @Test
    void nothingToDoInPlaceLeavesTheFileUntouched() throws IOException {
        Run.of("compact", file, "-o", out);
        Object before = Files.readAttributes(out, "unix:ino,ctime");

        Run run = Run.of("compact", out, "--in-place");

        assertThat(run.out()).contains("in place").contains("left as it is").doesNotContain("fragments, ");
        assertThat((Object) Files.readAttributes(out, "unix:ino,ctime")).isEqualTo(before);
    }

    @Test
    void inPlaceKeepsABackupThatRestoreBringsBack() throws IOException {
        Path copy = Files.copy(file, folder.resolve("copy"));

        assertThat(Run.of("compact", file, "--in-place", "--backup", ".old").code())
                .isZero();
        assertThat(rowGroups(file)).isEqualTo(1);
        assertThat(folder.resolve("a.parquet.old")).hasSameBinaryContentAs(copy);

        Run restored = Run.of("restore", file, "--backup", ".old");
        assertThat(restored.code()).isZero();
        assertThat(restored.out()).contains("restored from a.parquet.old");
        assertThat(file).hasSameBinaryContentAs(copy);
        assertThat(folder.resolve("a.parquet.old")).doesNotExist();
    }

    @Test
    void restoreWithoutABackupSaysWhichOneItMissed() {
        Run run = Run.of("restore", file);

        assertThat(run.code()).isEqualTo(6);
        assertThat(run.err()).hasLineCount(1).contains("no backup a.parquet.bak");
    }

    @Test
    void forceReplacesAnExistingOutput() throws IOException {
        Files.writeString(out, "old");

        assertThat(Run.of("compact", file, "-o", out, "--force", "-q").code()).isZero();

        assertThat(rowGroups(out)).isEqualTo(1);
    }

    @Test
    void severalFilesGoToAFolderUnderTheirNames() throws IOException {
        Path second = Files.copy(file, folder.resolve("b.parquet"));
        Path target = Files.createDirectory(folder.resolve("target"));

        Run run = Run.of("compact", file, second, "-o", target);

        assertThat(run.code()).isZero();
        assertThat(run.out()).endsWith("2 files done\n");
        assertThat(rowGroups(target.resolve("a.parquet"))).isEqualTo(1);
        assertThat(rowGroups(target.resolve("b.parquet"))).isEqualTo(1);
    }

    @Test
    void aFailingFileDoesNotStopTheOthers() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.parquet"), "not Parquet at all");

        Run run = Run.of("compact", bad, file, "--in-place");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).hasLineCount(1).contains("bad.parquet");
        assertThat(run.out()).endsWith("2 files, 1 of them failed\n");
        assertThat(rowGroups(file)).isEqualTo(1);
    }

    @Test
    void aFileOfATableIsRefusedInPlaceButMayBeWrittenElsewhere() throws IOException {
        Files.createDirectory(folder.resolve("_delta_log"));

        Run run = Run.of("compact", file, "--in-place");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).hasLineCount(1).contains("Delta table").contains("-o");
        assertThat(rowGroups(file)).isEqualTo(3);
        assertThat(Run.of("compact", file, "-o", out).code()).isZero();
    }

    @Test
    void aDryRunShowsThePlanAndWritesNothing() throws IOException {
        Run run = Run.of("compact", file, "--dry-run", "--in-place");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("3 row groups").contains("merged from 3");
        assertThat(rowGroups(file)).isEqualTo(3);
    }

    @Test
    void aDryRunIsNotHinderedByWhatItWouldNotReplace() throws IOException {
        Files.writeString(out, "mine");

        Run run = Run.of("compact", file, "--dry-run", "-o", out);

        assertThat(run.code()).isZero();
        assertThat(out).hasContent("mine");
    }

    @Test
    void theLayoutOptionsReachThePlan() throws IOException {
        Run.of("compact", file, "-o", out, "--max-rows", "40000", "-q");

        assertThat(rowGroups(out)).isEqualTo(2);
        assertThat(Run.of("compact", file, "--dry-run", "--threshold", "100KiB").out())
                .contains("nothing to do");
    }

    @Test
    void aPlanIsSavedShownAndCarriedOut() {
        Path plan = folder.resolve("plan.json");

        Run planned = Run.of("plan", file, "--save", plan);

        assertThat(planned.code()).isZero();
        assertThat(planned.out()).contains("merged from 3").contains("DICTIONARIES_DIFFER");
        assertThat(plan).hasContent(Run.of("plan", file, "--json").out().strip());
        assertThat(Run.of("compact", file, "-o", out, "--plan", plan).code()).isZero();
        assertThat(out).hasSameBinaryContentAs(compactedDirectly());
    }

    private Path compactedDirectly() {
        Path direct = folder.resolve("direct.parquet");
        Run.of("compact", file, "-o", direct);
        return direct;
    }

    @Test
    void aPlanForAnotherVersionIsRefused() throws IOException {
        Path plan = folder.resolve("plan.json");
        Run.of("plan", file, "--save", plan);
        Files.write(file, Files.readAllBytes(Demo.file(folder, "other", 2)));

        Run run = Run.of("compact", file, "-o", out, "--plan", plan);

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err()).hasLineCount(1).contains("plan it again");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFileThatIsNoPlanIsRefused() {
        assertThat(Run.of("compact", file, "-o", out, "--plan", file).code()).isEqualTo(3);
        assertThat(Run.of("compact", file, "-o", out, "--plan", folder.resolve("none"))
                        .code())
                .isEqualTo(6);
        assertThat(Run.of("compact", file, "-o", out, "--plan", folder).code()).isEqualTo(6);
    }

    @Test
    void noTemporaryFileStaysBehind() throws IOException {
        Run.of("compact", file, "-o", out, "-q");

        try (var entries = Files.list(folder)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("a.parquet", "out.parquet");
        }
    }

    private static int rowGroups(Path path) throws IOException {
        try (ParquetFile parquet = ParquetFile.open(path)) {
            return parquet.rowGroups();
        }
    }

    @Test
    void progressIsToldToMachinesWhereTheyAskForIt(@TempDir Path folder) throws IOException {
        Path file = Demo.file(folder, "told.parquet", 3);

        Run told = Run.of("compact", file, "-o", folder.resolve("a.parquet"), "--progress", "json", "--json");
        Run quiet = Run.of("compact", file, "-o", folder.resolve("b.parquet"), "--progress", "json", "--quiet");

        assertThat(told.code()).isZero();
        assertThat(told.err().lines().map(Run::parse))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(((Map<?, ?>) line).get("phase")).isIn("plan", "move", "verify", "publish"));
        assertThat(told.out()).hasLineCount(1);
        assertThat(quiet.err()).isEmpty();
    }
}
