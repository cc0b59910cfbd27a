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
        HIDDEN("hidden"),
        /** It has no bytes. */
        EMPTY("empty"),
        /** Its name does not end in .parquet, .parq or .pq. */
        FOREIGN("not named as a Parquet file"),
        /** A symbolic link to a folder. */
        LINK("a link to a folder"),
        /** It was written too short a time ago. */
        YOUNG("younger than --older-than"),
        /** Its group, or what an output would take of it, has too few files. */
        FEW("with fewer files than --min-input-files"),
        /** All of its rows are in OUT already. */
        MERGED("in OUT already"),
        /** An earlier merge into OUT wrote it. */
        OUTPUT("written by an earlier merge into OUT"),
        /** It lies in OUT, and nothing of it would change. */
        STAYS("in OUT as they would be written"),
        /** It is large enough already and was asked to be left. */
        LARGE("not smaller than --min-file-size");

        private final String title;

        Reason(String title) {
            this.title = title;
        }

        /** As it stands in a sentence. */
        public String title() {
            return title;
        }
    }
}
