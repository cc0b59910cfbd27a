package io.glulam.tables;

import java.util.List;

/**
 * The files that are left for one reason.
 *
 * @param reason the reason
 * @param files number of the files
 * @param bytes sum of their sizes
 * @param examples at most {@value #MAX_EXAMPLES} of them, each with details where there are any
 * @param remedy the statement or option that would handle the files; empty if nothing has to be done
 */
public record LeftFiles(LeftReason reason, int files, long bytes, List<String> examples, String remedy) {
    /** The number of files that are named. */
    public static final int MAX_EXAMPLES = 3;

    /** How a remedy names the request's {@link TableRequest#applyDeletes}, which callers have an option of their own for. */
    public static final String APPLY_DELETES = "apply the deletes";

    public LeftFiles {
        examples = List.copyOf(examples);
    }
}
