package io.glulam.s3.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and when a request is repeated that failed in a way that may pass.
 *
 * @param attempts in all, at least 1
 * @param firstDelay before the second attempt; it doubles from then on, and a random part of it is waited
 * @param longestDelay at most
 * @param stall how long nothing may move before a request counts as failed
 * @param copyStall the same where the store copies, or puts parts together, and says nothing meanwhile
 */
public record RetryPolicy(
        int attempts, Duration firstDelay, Duration longestDelay, Duration stall, Duration copyStall) {
    /** Six attempts over some seconds; half a minute of silence, five minutes while the store copies. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            6, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** Milliseconds to wait before the attempt that follows {@code failed} failed ones. */
    long delayMillis(int failed) {
        long most = Math.min(longestDelay.toMillis(), firstDelay.toMillis() << Math.min(20, failed - 1));
        return most <= 1 ? most : most / 2 + ThreadLocalRandom.current().nextLong(most / 2);
    }
}
