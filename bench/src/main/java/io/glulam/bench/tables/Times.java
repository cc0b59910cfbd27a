package io.glulam.bench.tables;

import java.time.Duration;

/** What a compaction took: the time until it was done, and the processor time of its whole process. */
record Times(Duration wall, Duration processor) {
    double seconds() {
        return wall.toNanos() / 1e9;
    }

    double processorSeconds() {
        return processor.toNanos() / 1e9;
    }
}
