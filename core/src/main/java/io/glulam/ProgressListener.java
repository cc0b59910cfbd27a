package io.glulam;

/** Hears how far a run is. Called from one thread at a time, often; must return quickly. */
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener NONE = (phase, done, total) -> {};

    /** What a run is doing; a run passes through them in this order, leaving out what it does not need. */
    enum Phase {
        /** Reading the footer, page headers and dictionaries. */
        PLAN,
        /** Moving bytes. */
        MOVE,
        /** Comparing what was written with what was meant. */
        VERIFY,
        /** Making it durable and visible. */
        PUBLISH
    }

    /**
     * Says how far the phase is.
     *
     * @param done bytes of the source that are done
     * @param total bytes in all; 0 if unknown
     */
    void progress(Phase phase, long done, long total);
}
