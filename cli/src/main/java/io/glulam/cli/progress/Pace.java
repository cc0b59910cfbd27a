package io.glulam.cli.progress;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How fast the current phase goes. Not thread-safe. */
final class Pace {
    /** Before a phase has lasted so long, its speed says nothing. */
    private static final double MIN_SECONDS = 1;

    private final LongSupplier nanos;
    private @Nullable Object phase;
    private long begun;

    /** @param nanos a clock that only goes forward */
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Notes the phase, a constant or a word; returns how many seconds it has taken so far. */
    double seconds(Object now) {
        long time = nanos.getAsLong();
        if (!now.equals(phase)) {
            phase = now;
            begun = time;
        }
        return (time - begun) / 1e9;
    }

    /** Bytes or files a second; 0 while it is too early to tell. */
    static long rate(long done, double seconds) {
        return seconds < MIN_SECONDS ? 0 : (long) (done / seconds);
    }

    /** The time that the rest takes at this rate. */
    static Duration left(long done, long total, long rate) {
        return Duration.ofMillis(Math.max(0, total - done) * 1000 / Math.max(1, rate));
    }
}
