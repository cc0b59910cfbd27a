package io.glulam.tables;

/** Hears how a compaction of a table goes on. Called by one thread at a time. */
public interface TableListener {
    /** Ignores everything. */
    TableListener NONE = new TableListener() {};

    /** The compaction will write {@code outputs} files from {@code files} files. */
    default void planned(int files, int outputs) {}

    /** An output was written; it is not committed yet. */
    default void written(int done, int outputs) {}

    /** A snapshot or version was committed. */
    default void committed(long snapshot) {}
}
