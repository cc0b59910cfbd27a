package io.glulam.service.workflow;

import java.time.Duration;

/**
 * The retries of a step.
 *
 * @param retries after the first attempt
 * @param delay before the first retry; each further one waits twice as long
 * @param timeout how long a step may go without progress
 */
public record RetryPolicy(int retries, Duration delay, Duration timeout) {
    /** Five retries, 10 seconds, 10 minutes without progress, as in Cloudflare Workflows. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofSeconds(10), Duration.ofMinutes(10));

    private static final int MAX_DOUBLINGS = 10;

    public RetryPolicy {
        if (retries < 0 || delay.isNegative() || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("retries and delays are not negative, timeouts are positive");
        }
    }

    /** Returns the delay after a number of failed attempts. */
    Duration delayAfter(int failures) {
        return delay.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    }
}
