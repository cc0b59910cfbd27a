package io.glulam;

import io.glulam.CompactionReport.PhaseTime;
import io.glulam.ProgressListener.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures the phases of one run. Not thread-safe. */
final class RunClock {
    private static final long NANOS_PER_TICK = 10_000_000;

    private final List<PhaseTime> phases = new ArrayList<>();
    private long wall = System.nanoTime();
    private long cpu = processCpu();

    /** Ends a phase, which began where the one before ended. */
    void end(Phase phase) {
        long nowWall = System.nanoTime();
        long nowCpu = processCpu();
        phases.add(new PhaseTime(phase, Duration.ofNanos(nowWall - wall), Duration.ofNanos(nowCpu - cpu)));
        wall = nowWall;
        cpu = nowCpu;
    }

    List<PhaseTime> phases() {
        return List.copyOf(phases);
    }

    /** Nanoseconds of CPU that all threads took, in steps of 10 ms; 0 where there is no {@code /proc}. */
    private static long processCpu() {
        try {
            // Asking the JDK's management beans instead would cost a tenth of a second of starting up.
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return 0;
        }
    }
}
