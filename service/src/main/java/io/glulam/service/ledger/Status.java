package io.glulam.service.ledger;

import java.util.Arrays;
import java.util.Optional;

/** The status of an instance, in the words of Cloudflare Workflows. */
public enum Status {
    /** Waits for a free place, or for its object. */
    QUEUED("queued", false),
    RUNNING("running", false),
    PAUSED("paused", false),
    /** A step failed and is tried again later, or a server stopped in the middle of it. */
    WAITING("waiting", false),
    /** Is paused as soon as the step under way has ended. */
    WAITING_FOR_PAUSE("waitingForPause", false),
    ERRORED("errored", true),
    TERMINATED("terminated", true),
    COMPLETE("complete", true);

    private final String word;
    private final boolean ended;

    Status(String word, boolean ended) {
        this.word = word;
        this.ended = ended;
    }

    /** Returns the word of the API and the ledger. */
    public String word() {
        return word;
    }

    /** Returns whether only a restart carries the instance on. */
    public boolean ended() {
        return ended;
    }

    /** Returns the status of a word. */
    public static Optional<Status> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word.equals(word))
                .findFirst();
    }
}
