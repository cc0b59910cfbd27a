package io.glulam.plan;

/** The way in which a run proves its output before it publishes it. It cannot be turned off. */
public enum Verify {
    /** Moved bytes by checksum, remapped indices and dictionaries entry by entry, recoded columns by their values. */
    STRUCTURE,
    /** Also decodes both sides of everything that was merged. */
    VALUES
}
