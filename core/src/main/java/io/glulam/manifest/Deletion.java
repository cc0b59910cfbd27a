package io.glulam.manifest;

import io.glulam.storage.ObjectFacts;
import org.jspecify.annotations.Nullable;

/**
 * Decides how to treat a file that a journal names. A journal is a claim: only what this run's own arguments lead to, and
 * only the version that was merged, is deleted. A pure function.
 */
public enum Deletion {
    /** It is the file that was merged. */
    DELETE,
    /** It is gone already. */
    GONE,
    /** The manifest does not tell that outputs hold all of its rows. */
    NOT_MERGED,
    /** It lies outside of this run's arguments. */
    NOT_NAMED,
    /** It is there, but this run's options leave it out. */
    NOT_TAKEN,
    /** Another version of it is there. */
    CHANGED;

    /**
     * The facts that this run has of a file.
     *
     * @param covered whether this run's arguments, or the folder of the outputs, lead to it
     * @param taken whether this run takes it as an input, or it is an output of an earlier run
     * @param facts what is there; null if nothing is, or it is not covered
     */
    public record Sighting(
            boolean covered, boolean taken, @Nullable ObjectFacts facts) {}

    /** Returns what may be done with the file that the manifest records as {@code recorded}; null if it does not. */
    public static Deletion of(@Nullable RecordedInput recorded, Sighting seen) {
        if (recorded == null || !recorded.whole()) {
            return NOT_MERGED;
        }
        if (!seen.covered()) {
            return NOT_NAMED;
        }
        ObjectFacts facts = seen.facts();
        if (facts == null) {
            return GONE;
        }
        if (!seen.taken()) {
            return NOT_TAKEN;
        }
        return recorded.is(facts.size(), facts.version()) ? DELETE : CHANGED;
    }
}
