package io.glulam.plan;

/** How what a run wrote is proven before it is published. There is no way to turn it off. */
public enum Verify {
    /** Moved bytes by checksum, remapped indices and dictionaries entry by entry, recoded columns by their values. */
    STRUCTURE,
    /** Also decodes both sides of everything that was merged. */
    VALUES
}
