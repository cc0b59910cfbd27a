package io.glulam.tables.delta.log;

/** Another writer has committed the version that was to be committed. Nothing was written. */
public final class CommitConflict extends Exception {
    private static final long serialVersionUID = 1L;

    CommitConflict(long version, Throwable cause) {
        super("version " + version + " was committed by another writer", cause);
    }
}
