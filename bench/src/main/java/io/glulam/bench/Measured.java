package io.glulam.bench;

import java.time.Duration;

/**
 * What one run of a process cost.
 *
 * @param exitCode the process's
 * @param wall from its start to its end
 * @param peakResident the largest resident set of the process, children alive at the same time included, in bytes; 0
 *     where the system does not tell
 * @param outputLength the length of the file it wrote, in bytes; 0 when there is none
 */
record Measured(int exitCode, Duration wall, long peakResident, long outputLength) {
    boolean succeeded() {
        return exitCode == 0 && outputLength > 0;
    }

    double seconds() {
        return wall.toNanos() / 1e9;
    }
}
