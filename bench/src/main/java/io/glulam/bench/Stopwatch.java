package io.glulam.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one process at a time and measures it from outside. Peak memory is the kernel's own high-water mark (VmHWM),
 * read every few milliseconds: it never falls, so that only growth in the last moment can be missed.
 */
final class Stopwatch {
    private static final long POLL_MILLISECONDS = 10;
    private static final int POLLS_PER_SEARCH = 10; // Looking for children walks all of /proc.
    private static final String HIGH_WATER_MARK = "VmHWM:";

    private Stopwatch() {}

    /** Runs {@code command}, its output going to {@code log}; {@code output} is deleted before. */
    static Measured run(List<String> command, Path output, Path log) throws IOException, InterruptedException {
        Files.deleteIfExists(output);
        settle();
        long peak = 0;
        List<Long> children = List.of();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            for (int poll = 0; ; poll++) {
                if (poll % POLLS_PER_SEARCH == 0) {
                    children = process.descendants().map(ProcessHandle::pid).toList();
                }
                long resident = highWaterMark(process.pid());
                for (long child : children) {
                    resident += highWaterMark(child);
                }
                peak = Math.max(peak, resident);
                if (process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        } finally {
            process.destroy();
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        return new Measured(process.exitValue(), wall, peak, Files.exists(output) ? Files.size(output) : 0);
    }

    /** Writes back what earlier runs left dirty, so that no run pays for another's output. */
    private static void settle() throws IOException, InterruptedException {
        new ProcessBuilder("sync").inheritIO().start().waitFor();
    }

    /** Bytes; 0 when the process has ended or the system has no {@code /proc}. */
    private static long highWaterMark(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith(HIGH_WATER_MARK)) {
                    String kibibytes = line.substring(HIGH_WATER_MARK.length()).replace("kB", "");
                    return Long.parseLong(kibibytes.strip()) * 1024;
                }
            }
        } catch (IOException e) {
            return 0; // It ended between two looks.
        }
        return 0;
    }
}
