package io.glulam.bench.measure;

import java.time.Duration;

/**
 * What one run of a process cost.
 *
 * @param exitCode the process's
 * @param wall from its start to its end
 * @param processor user and system time of the process and the children it waited for; zero where the system does not
 *     tell
 * @param peakResident the largest resident set of the process, children alive at the same time included, in bytes; 0
 *     where the system does not tell
 * @param outputLength the length of the file it wrote, in bytes; 0 when there is none
 */
public record Measured(int exitCode, Duration wall, Duration processor, long peakResident, long outputLength) {
    public boolean succeeded() {
        return exitCode == 0 && outputLength > 0;
    }

    public double seconds() {
        return wall.toNanos() / 1e9;
    }

    public double processorSeconds() {
        return processor.toNanos() / 1e9;
    }
}
