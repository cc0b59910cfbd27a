package io.glulam.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compaction of one snapshot or version whose files are written one by one and committed later. What it
 * hands out can be kept, so that another process that opens the same compaction can go on. Methods throw
 * {@link io.glulam.error.GlulamException} if they refuse or fail. Not thread-safe.
 */
public interface StagedCompaction {
    /** Returns the plan. */
    TablePlan plan();

    /** Returns the files to write, in order: the same for the same snapshot, request and version of Glulam. */
    List<StagedOutput> outputs();

    /**
     * How many commits the new files are put into.
     *
     * @param max number of commits at most
     * @param maxFailed number of them that may fail without ending the others
     */
    record Commits(int max, int maxFailed) {
        /** All files are committed at once. */
        public static final Commits ONE = new Commits(1, 0);
    }

    /** Returns how many commits the request allows; each call of {@link #commit} is one. */
    default Commits commits() {
        return Commits.ONE;
    }

    /**
     * Returns the place of a new file. Nothing is written.
     *
     * @param attempt part of the file's name; no other attempt at any output has the same
     */
    String place(int output, String attempt);

    /**
     * Writes and verifies an output.
     *
     * @return null if too few of its sources can be merged; they are left then
     */
    @Nullable
    StagedFile write(int output, String place);

    /**
     * Removes a new file, if it is there. Only for files that no commit can hold.
     *
     * @throws io.glulam.error.Unsupported if the place is none that {@link #place} gives
     */
    void removeNew(String place);

    /**
     * Looks for a commit in the table's history since the plan's snapshot.
     *
     * @return its snapshot or version; null if the history does not have it
     */
    @Nullable
    Long find(String run);

    /**
     * A commit.
     *
     * @param snapshot the new snapshot or version
     * @param release the statement that frees the bytes of the files that were replaced
     * @param notes sentences for people
     */
    record Committed(long snapshot, String release, List<String> notes) {
        public Committed {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Replaces the sources of the files by the files, in one commit. Never deletes a file.
     *
     * @param run a text of which no other compaction has the same, by which {@link #find} knows the commit
     * @throws io.glulam.error.SourceChanged if a concurrent commit conflicts; this call has committed nothing then
     * @throws CommitStateUnknown if it cannot be told whether it was committed
     */
    Committed commit(List<StagedFile> files, String run);

    /**
     * Returns what tells how to free the bytes that a commit replaced.
     *
     * @param snapshot as {@link #find} returned it
     */
    Committed committed(long snapshot);
}
