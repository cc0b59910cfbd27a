package io.glulam.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

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
        List<String> drawn = List.of(printed().split("\r\u001b\\[K"));
        return drawn.get(drawn.size() - 1);
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

        assertThat(printed()).endsWith("\r\u001b[K");
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
