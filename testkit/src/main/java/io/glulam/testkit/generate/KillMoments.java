package io.glulam.testkit.generate;

import java.util.Random;

/**
 * Draws moments at which a process is killed, so that a quarter of the kills come after it has published. How long a run
 * takes depends on what else the machine does, so the span follows from what earlier kills met.
 */
public final class KillMoments {
    private static final double STEP = 1.06;

    private final Random random;
    private double span;
    private long longest;

    /**
     * Begins with a span.
     *
     * @param seed of the moments within the span
     * @param nanos of a run that is not killed
     */
    public KillMoments(long seed, long nanos) {
        random = new Random(seed);
        span = nanos * 1.25;
    }

    /** Nanoseconds from a run's begin to its kill. */
    public long next() {
        long moment = (long) (random.nextDouble() * span);
        longest = Math.max(longest, moment);
        return moment;
    }

    /** Tells what the last kill met. */
    public void met(boolean published) {
        span *= published ? Math.pow(STEP, -3) : STEP;
    }

    /** Nanoseconds of the latest kill so far. */
    public long longest() {
        return longest;
    }
}
