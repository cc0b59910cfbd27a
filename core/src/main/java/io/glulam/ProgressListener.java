package io.glulam;

/** Hears how far a run is. Called from one thread at a time, often; must return quickly. */
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener NONE = (phase, done, total) -> {};

    /** The phases of a run; a run passes through them in this order, leaving out what it does not need. */
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

    /**
     * A new file that a merge writes.
     *
     * @param name of the new file
     * @param inputs number of files whose rows it takes; a file whose rows several outputs share counts in each
     * @param completedInputs how many of these no later output takes rows of
     * @param inputBytes compressed bytes of the row groups that it takes
     * @param firstInput name of the first of these files
     * @param lastInput name of the last of them
     */
    record MergedOutput(
            String name, int inputs, int completedInputs, long inputBytes, String firstInput, String lastInput) {}

    /** A merge has read the footers of {@code done} of its {@code total} inputs. */
    default void footersRead(int done, int total) {}

    /** A merge begins an output; the phases that follow are those of this output. */
    default void outputBegun(MergedOutput output) {}

    /**
     * A merge has published an output.
     *
     * @param bytes size of the new file
     */
    default void outputPublished(MergedOutput output, long bytes) {}

    /** A merge has deleted {@code done} of {@code total} files whose rows are in its outputs. */
    default void filesDeleted(int done, int total) {}
}
