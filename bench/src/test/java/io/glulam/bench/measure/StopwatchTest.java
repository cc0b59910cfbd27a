package io.glulam.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class StopwatchTest {
    @TempDir
    private Path folder;

    @Test
    void countsTheProcessorTimeOfAProcessAndOfItsChildren() throws IOException, InterruptedException {
        String busy = "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done";
        Measured measured = run("sh -c '" + busy + "'; echo done > \"$1\"");
        assertThat(measured.succeeded()).isTrue();
        assertThat(measured.processor()).isPositive().isLessThan(Duration.ofMinutes(10));
        assertThat(measured.outputLength()).isEqualTo("done\n".length());
    }

    @Test
    void seesTheMemoryOfAProcess() throws IOException, InterruptedException {
        assertThat(run("sleep 2; echo done > \"$1\"").peakResident()).isPositive();
    }

    @Test
    void aProcessThatWritesNothingHasFailed() throws IOException, InterruptedException {
        Files.writeString(output(), "of an earlier run");
        assertThat(run("exit 0").succeeded()).isFalse();
        assertThat(run("echo done > \"$1\"; exit 3").succeeded()).isFalse();
    }

    @Test
    void aProcessThatRunsForTooLongIsKilledAndHasFailed() throws IOException, InterruptedException {
        List<String> command = List.of("sh", "-c", "echo done > \"$1\"; sleep 600", "sh", output().toString());

        Measured measured = Stopwatch.run(command, output(), folder.resolve("log"), Duration.ofMillis(200));

        assertThat(measured.succeeded()).isFalse();
        assertThat(measured.wall()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(60));
    }

    private Path output() {
        return folder.resolve("output");
    }

    private Measured run(String script) throws IOException, InterruptedException {
        return Stopwatch.run(List.of("sh", "-c", script, "sh", output().toString()), output(), folder.resolve("log"));
    }
}
