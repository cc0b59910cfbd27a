package io.glulam.service.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request to pause, resume, terminate or restart an instance.
 *
 * @param result whether it was granted
 * @param reason why not; null if it was
 */
public record Control(Result result, @Nullable String reason) {
    /** Whether it was granted. */
    public enum Result {
        DONE,
        MISSING,
        REFUSED,
        /** The queue is full; a later request may succeed. */
        FULL
    }

    static final Control DONE = new Control(Result.DONE, null);
    static final Control MISSING = new Control(Result.MISSING, "there is no such instance");

    static Control full(long most) {
        return new Control(Result.FULL, String.valueOf(new QueueFull(most).getMessage()));
    }

    static Control refused(String reason) {
        return new Control(Result.REFUSED, reason);
    }
}
