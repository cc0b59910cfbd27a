package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.glulam.testkit.read.ParquetFile;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own: exit codes, streams, signals and memory. */
class ProcessTest {
    @TempDir
    static Path folder;

    private static Path file;

    @BeforeAll
    static void writeFile() {
        file = Demo.file(folder, "a.parquet", 3);
    }

    @Test
    void resultsMessagesAndExitCodeArriveWhereTheyBelong() throws Exception {
        Path none = folder.resolve("none");
        Run run = run(List.of(), "inspect", file, none);

        assertThat(run.code()).isEqualTo(6);
        assertThat(run.out()).contains("60,000 rows");
        assertThat(run.err()).isEqualTo("glulam: " + none + ": no such file\n");
    }

    @Test
    void whatIsMisspeltIsToldWithoutTheServicesLibraries() throws Exception {
        Run squeeze = run(List.of(), "squeeze");
        assertThat(squeeze.code()).isEqualTo(2);
        assertThat(squeeze.err()).startsWith("glulam: unknown command 'squeeze'\n");

        Run option = run(List.of(), "--fast");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.err()).startsWith("glulam: Unknown option: '--fast'\n");
    }

    @Test
    void everyCommandIsExplainedWithoutTheServicesLibraries() throws Exception {
        for (String command : List.of("compact", "serve", "jobs", "datasets")) {
            Run help = run(List.of(), "help", command);
            assertThat(help.err()).isEmpty();
            assertThat(help.code()).isZero();
            assertThat(help.out()).contains("Usage: glulam " + command + " ", "glulam " + command + " --help-all");
        }
    }

    @Test
    void optionsMayStandBeforeTheCommand() throws Exception {
        Run run = run(List.of(), "--color", "never", "inspect", file);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
    }

    @Test
    void aCompactionStaysInsideTheHeapOfTheLauncher() throws Exception {
        Path out = folder.resolve("small.parquet");

        Run run = run(List.of("-Xmx48m", "-XX:MaxDirectMemorySize=16m"), "compact", file, "-o", out, "--json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.document()).containsEntry("published", true);
    }

    @Test
    void outOfMemoryIsALineThatNamesTheOption() throws Exception {
        // The footer is read in windows, but the table of its row groups does not fit the heap.
        Path many = ManyRowGroups.write(folder.resolve("many.parquet"), 400_000, 1000);

        Run run = run(List.of("-Xmx16m"), "inspect", many);

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).isEqualTo("glulam: out of memory; allow more with --memory 256MiB, for example\n");

        Run again = run(List.of("-Xmx16m", "-Dglulam.memory=268435456"), "inspect", many, "--memory", "256MiB");

        assertThat(again.code()).isEqualTo(4);
        assertThat(again.err()).isEqualTo("glulam: out of memory; allow more with --memory 512MiB, for example\n");
    }

    @Test
    void whatNeedsNoServerNeedsNoLibraryOfTheService() throws Exception {
        // The class path of these tests is that of the launcher without lib/service.
        assertThat(run(List.of(), "--version").out()).startsWith("glulam ");
        assertThat(run(List.of(), "squeeze").err()).contains("unknown command 'squeeze'");
        assertThat(run(List.of(), "help", "datasets").code()).isZero();
        assertThat(run(List.of(), "--color=never", "inspect", file).out()).contains("60,000 rows");
    }

    @Test
    void toReadTheCommandLineNoClassesAreMade() throws Exception {
        Path log = folder.resolve("classes");

        assertThat(run(List.of("-Xlog:class+load:file=" + log), "inspect", file).code())
                .isZero();

        assertThat(Files.readString(log))
                .contains("io.glulam.cli.InspectCommand")
                .doesNotContain("$Proxy");
    }

    @Test
    void aReaderThatLeavesEarlyIsNoFailure() throws Exception {
        Process process = start(List.of(), "inspect", file, "--row-groups", file, file, file, file, file, file, file);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.readLine();
        }

        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void resultsThatCannotBeWrittenAreAFailure() throws Exception {
        assumeThat(new File("/dev/full")).exists();
        Process process = new ProcessBuilder(CommandProcess.command(List.of(), "inspect", file))
                .redirectOutput(new File("/dev/full"))
                .start();

        String messages = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(6);
        assertThat(messages).hasLineCount(1).startsWith("glulam: standard output: ");
    }

    @Test
    void beingToldToStopLeavesTheSourceAndNothingElse() throws Exception {
        Path place = Files.createDirectory(folder.resolve("stop"));
        Path source = Demo.file(place, "big.parquet", 40);
        Process process = start(List.of(), "compact", source, "--in-place", "-q");
        waitForTemporaryFile(place, process);
        process.toHandle().destroy();

        String messages = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        try (var entries = Files.list(place)) {
            assertThat(entries).containsExactly(source);
        }
        assertThat(messages).doesNotContain("\tat ").doesNotContain("Exception");
        try (ParquetFile parquet = ParquetFile.open(source)) {
            assertThat(parquet.metaData().getNum_rows()).isEqualTo(800_000);
        }
    }

    private static void waitForTemporaryFile(Path place, Process process) throws Exception {
        while (process.isAlive()) {
            try (var entries = Files.list(place)) {
                if (entries.count() > 1) {
                    return;
                }
            }
            Thread.sleep(1);
        }
    }

    private static Run run(List<String> flags, Object... arguments) throws IOException, InterruptedException {
        Path messages = Files.createTempFile(folder, "messages", "");
        Process process = new ProcessBuilder(CommandProcess.command(flags, arguments))
                .redirectError(messages.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        String err = Files.readString(messages);
        Files.delete(messages);
        return new Run(code, out, err);
    }

    private static Process start(List<String> flags, Object... arguments) throws IOException {
        return new ProcessBuilder(CommandProcess.command(flags, arguments)).start();
    }
}
