package io.glulam.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.ProgressListener.MergedOutput;
import io.glulam.ProgressListener.Phase;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long MIB = 1 << 20;
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now = 7 * SECOND;

    private Output output(Terminal terminal) {
        return new Output(new ByteArrayOutputStream(), err, StandardCharsets.UTF_8, terminal);
    }

    private String printed() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String lastDrawn() {
        List<String> lines = screen();
        return lines.get(lines.size() - 1);
    }

    private List<String> screen() {
        return Screen.after(printed());
    }

    private ProgressBar bar(int columns) {
        return new ProgressBar(output(new Terminal(true, true, columns, false)), () -> now);
    }

    @Test
    void aBarTellsSpeedAndTimeLeftAfterASecond() {
        ProgressBar bar = bar(100);

        bar.progress(Phase.MOVE, 0, 512 * MIB);
        assertThat(lastDrawn()).contains("Moving", "0 %", "of 512 MiB").doesNotContain("/s");

        now += 2 * SECOND;
        bar.progress(Phase.MOVE, 128 * MIB, 512 * MIB);
        assertThat(lastDrawn()).contains("25 %  128 MiB of 512 MiB  64.0 MiB/s  6.0 s left");
        assertThat(lastDrawn().length()).isLessThan(100);
    }

    @Test
    void aNarrowBarLeavesOutWhatDoesNotFit() {
        ProgressBar bar = bar(50);

        bar.progress(Phase.MOVE, 0, 512 * MIB);
        now += 2 * SECOND;
        bar.progress(Phase.MOVE, 128 * MIB, 512 * MIB);

        assertThat(lastDrawn()).contains("25 %").doesNotContain("left").hasSizeLessThan(50);
    }

    @Test
    void aPhaseBeginsItsOwnPace() {
        ProgressBar bar = bar(100);

        bar.progress(Phase.PLAN, 0, 512 * MIB);
        now += 10 * SECOND;
        bar.progress(Phase.MOVE, 0, 512 * MIB);
        now += SECOND;
        bar.progress(Phase.MOVE, 256 * MIB, 512 * MIB);

        assertThat(lastDrawn()).contains("256 MiB/s  1.0 s left");
    }

    @Test
    void nothingOfABarStays() {
        ProgressBar bar = bar(80);
        bar.progress(Phase.MOVE, 0, 512 * MIB);
        bar.files(3, 5);
        assertThat(lastDrawn()).isEqualTo("3 files of 5 written");

        bar.close();

        assertThat(screen()).containsExactly("");
    }

    private void merge(Progress progress, int number, int inputs) {
        MergedOutput output = new MergedOutput(
                "merged/dt=" + number + "/part-00000.parquet",
                inputs,
                inputs,
                12 * MIB,
                "events/dt=" + number + "/a.parquet",
                "events/dt=" + number + "/z\u001b[2J.parquet");
        progress.outputBegun(output);
        progress.progress(Phase.MOVE, 6 * MIB, 12 * MIB);
        now += SECOND / 2;
        progress.progress(Phase.PUBLISH, 0, 0);
        progress.outputPublished(output, 10 * MIB);
    }

    @Test
    void aMergeShowsItsLastNewFilesTheOneInWorkAndHowManyInputsAreMerged() {
        ProgressBar bar = bar(100);

        bar.footersRead(1, 10);
        assertThat(screen()).hasSize(1).first().asString().matches("Reading .* 10 %  1 of 10 files");
        bar.footersRead(10, 10);
        merge(bar, 1, 3);
        bar.outputBegun(new MergedOutput("merged/dt=2/part-00000.parquet", 4, 3, 16 * MIB, "a.parquet", "b.parquet"));
        bar.progress(Phase.MOVE, 8 * MIB, 16 * MIB);

        assertThat(screen().subList(0, 4))
                .containsExactly(
                        "merged/dt=1/part-00000.parquet  3 files, 12.0 MiB → 10.0 MiB in 500 ms",
                        "merged/dt=2/part-00000.parquet  4 files, 16.0 MiB",
                        "  from a.parquet to b.parquet",
                        "3 of 10 files merged into 1 new file");
        assertThat(screen()).hasSize(5).last().asString().contains("Moving", "50 %  8.0 MiB of 16.0 MiB");

        bar.filesDeleted(1, 10);
        assertThat(lastDrawn()).contains("Deleting", "10 %  1 of 10 files");
        bar.close();
        assertThat(screen()).containsExactly("");
    }

    @Test
    void thousandsOfNewFilesTakeFewLinesThatFitTheTerminal() {
        for (int columns : new int[] {40, 80, 200}) {
            err.reset();
            ProgressBar bar = bar(columns);
            bar.footersRead(30_000, 30_000);
            for (int i = 0; i < 10_000; i += 400) {
                merge(bar, i, 3);
                assertThat(screen()).hasSizeLessThanOrEqualTo(7).allMatch(line -> line.length() < columns);
            }
            bar.close();
            assertThat(screen()).containsExactly("");
        }
    }

    @Test
    void namesOfInputsDriveNoTerminal() {
        ProgressBar bar = bar(100);
        bar.footersRead(3, 3);

        merge(bar, 1, 3);

        assertThat(printed()).contains("z\\u001b[2J.parquet").doesNotContain("\u001b[2J");
    }

    @Test
    void linesTellEachNewFileOfAMerge() {
        ProgressLines lines = new ProgressLines(new PrintStream(err, true, StandardCharsets.UTF_8), () -> now);

        for (int i = 1; i <= 1000; i++) {
            lines.footersRead(i, 1000);
        }
        merge(lines, 1, 1000);
        lines.filesDeleted(1000, 1000);

        assertThat(printed().lines())
                .containsExactly(
                        "{\"read_files\":1,\"total_files\":1000}",
                        "{\"read_files\":1000,\"total_files\":1000}",
                        "{\"output\":\"merged/dt=1/part-00000.parquet\",\"event\":\"begun\",\"input_files\":1000,"
                                + "\"input_bytes\":12582912,\"first_file\":\"events/dt=1/a.parquet\","
                                + "\"last_file\":\"events/dt=1/z\\u001B[2J.parquet\"}",
                        "{\"phase\":\"move\",\"done_bytes\":6291456,\"total_bytes\":12582912}",
                        "{\"phase\":\"publish\",\"done_bytes\":0}",
                        "{\"output\":\"merged/dt=1/part-00000.parquet\",\"event\":\"published\",\"bytes\":10485760}",
                        "{\"deleted_files\":1000,\"total_files\":1000}");
    }

    @Test
    void linesAreDocumentsAndNotMoreThanFourASecond() {
        ProgressLines lines = new ProgressLines(new PrintStream(err, true, StandardCharsets.UTF_8), () -> now);

        for (int i = 0; i <= 1000; i++) {
            lines.progress(Phase.MOVE, i * MIB, 1000 * MIB);
            now += SECOND / 500;
        }
        lines.progress(Phase.PUBLISH, 0, 0);
        lines.files(1, 2);

        List<String> printed = printed().lines().toList();
        assertThat(printed.get(0)).isEqualTo("{\"phase\":\"move\",\"done_bytes\":0,\"total_bytes\":1048576000}");
        assertThat(printed.get(5))
                .isEqualTo("{\"phase\":\"move\",\"done_bytes\":655360000,\"total_bytes\":1048576000,"
                        + "\"bytes_per_second\":524288000,\"seconds_left\":0.75}");
        assertThat(printed.subList(8, printed.size()))
                .startsWith("{\"phase\":\"move\",\"done_bytes\":1048576000,\"total_bytes\":1048576000,"
                        + "\"bytes_per_second\":524288000,\"seconds_left\":0.0}")
                .endsWith("{\"phase\":\"publish\",\"done_bytes\":0}", "{\"done_files\":1,\"total_files\":2}")
                .hasSize(3);
    }

    @Test
    void pipesSeeNothingUnlessTold() {
        try (Progress progress = Progress.on(output(Terminal.NONE), Progress.Form.AUTO)) {
            progress.progress(Phase.MOVE, 0, 10);
            progress.files(1, 2);
        }

        assertThat(printed()).isEmpty();
    }
}
