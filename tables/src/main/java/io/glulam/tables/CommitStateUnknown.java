package io.glulam.tables;

import java.util.List;

/**
 * The catalog's answer to a commit was lost, so that the table may hold the new files or not. The run has deleted
 * nothing: the files may be part of the table.
 */
public final class CommitStateUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> files;

    /**
     * @param table the table's address
     * @param files the files that the commit would have added
     */
    public CommitStateUnknown(TableAddress table, List<String> files, Throwable cause) {
        super(
                table + ": the answer to the commit was lost, and the table may hold the " + files.size()
                        + " new files or not; nothing was deleted: look at the table's newest snapshot before"
                        + " running again",
                cause);
        this.files = List.copyOf(files);
    }

    /** Returns the files that the commit would have added; they must not be deleted before the table was looked at. */
    public List<String> files() {
        return files;
    }
}
