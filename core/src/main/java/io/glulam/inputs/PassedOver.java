package io.glulam.inputs;

/**
 * A file that was found and is no input.
 *
 * @param name its name for people
 * @param reason why not
 */
public record PassedOver(String name, Reason reason) {
    /** Why a file is no input. */
    public enum Reason {
        /** Its name, or that of its folder, begins with a dot or an underscore, as those of {@code _SUCCESS} and logs. */
        HIDDEN,
        /** It has no bytes. */
        EMPTY,
        /** Its name does not end in .parquet, .parq or .pq. */
        FOREIGN,
        /** A symbolic link to a folder. */
        LINK,
        /** It was written too short a time ago. */
        YOUNG,
        /** Its group, or what an output would take of it, has too few files. */
        FEW,
        /** All of its rows are in OUT already. */
        MERGED,
        /** An earlier merge into OUT wrote it. */
        OUTPUT,
        /** It lies in OUT, and nothing of it would change. */
        STAYS,
        /** It is large enough already and was asked to be left. */
        LARGE
    }
}
