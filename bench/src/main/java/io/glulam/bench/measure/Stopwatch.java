package io.glulam.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one process at a time and measures it from outside. */
public final class Stopwatch {
    private static final long POLL_MILLISECONDS = 10;
    private static final Duration NO_LIMIT = Duration.ofDays(365);
    private static final int POLLS_PER_SEARCH = 10; // Looking for children walks all of /proc.

    private Stopwatch() {}

    /** Runs {@code command}, what it says going to {@code log}; {@code output} is deleted before. */
    public static Measured run(List<String> command, Path output, Path log) throws IOException, InterruptedException {
        return run(command, output, log, NO_LIMIT);
    }

    /** As {@link #run(List, Path, Path)}; a process that runs longer than {@code limit} is killed, which is a failure. */
    public static Measured run(List<String> command, Path output, Path log, Duration limit)
            throws IOException, InterruptedException {
        Files.deleteIfExists(output);
        settle();
        long peak = 0;
        List<Long> children = List.of();
        Duration processorBefore = ProcessFiles.processorOfChildren();
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
                long resident = ProcessFiles.highWaterMark(process.pid());
                for (long child : children) {
                    resident += ProcessFiles.highWaterMark(child);
                }
                peak = Math.max(peak, resident);
                if (process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                    break;
                }
                if (System.nanoTime() - start > limit.toNanos()) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            }
        } finally {
            process.destroy();
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        Duration processor = ProcessFiles.processorOfChildren().minus(processorBefore);
        long length = Files.exists(output) ? Files.size(output) : 0;
        return new Measured(process.exitValue(), wall, processor, peak, length);
    }

    /** Writes back what earlier runs left dirty, so that no run pays for another's output. */
    private static void settle() throws IOException, InterruptedException {
        new ProcessBuilder("sync").inheritIO().start().waitFor();
    }
}
