package io.glulam.cli.progress;

import io.glulam.ProgressListener.Phase;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How fast the current phase goes. Not thread-safe. */
final class Pace {
    /** Before it has gone on for so long, a phase's speed says nothing. */
    private static final double FEWEST_SECONDS = 1;

    private final LongSupplier nanos;
    private @Nullable Phase phase;
    private long begun;

    /** @param nanos a clock that only goes forward */
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Notes the phase; returns how many seconds it has taken so far. */
    double seconds(Phase now) {
        long time = nanos.getAsLong();
        if (now != phase) {
            phase = now;
            begun = time;
        }
        return (time - begun) / 1e9;
    }

    /** Bytes a second; 0 while it is too early to tell. */
    static long rate(long done, double seconds) {
        return seconds < FEWEST_SECONDS ? 0 : (long) (done / seconds);
    }

    /** The time that the remaining bytes take at this rate. */
    static Duration left(long done, long total, long rate) {
        return Duration.ofMillis(Math.max(0, total - done) * 1000 / Math.max(1, rate));
    }
}
