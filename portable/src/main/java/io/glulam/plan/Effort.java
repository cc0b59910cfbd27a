package io.glulam.plan;

/** The effort of a merge: how far it may go beyond moving bytes, from the cheapest to the dearest. */
public enum Effort {
    /** Keep, Join and Remap; Coalesce and Recode only where the cheaper tiers are unsafe or leave too many pages. */
    COPY,
    /**
     * Also Recode where samples show that it pays, in encodings, page version and codec of the file itself, and PLAIN,
     * dictionary and RLE.
     */
    BALANCED,
    /** Everything merged is recoded in the smallest encoding found for each column, whatever that asks of readers. */
    SMALLEST
}
