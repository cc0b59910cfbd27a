package io.glulam.tables;

import io.glulam.error.GlulamException;
import org.jspecify.annotations.Nullable;

/**
 * An open table of one format. All methods read the table's present state, and throw {@link GlulamException} if they
 * refuse or fail. Not thread-safe.
 */
public interface Table extends AutoCloseable {
    /**
     * Plans a compaction; reads metadata and some footers, and writes nothing.
     *
     * @throws IllegalArgumentException with a sentence for people, if an option or the filter cannot be meant
     */
    TablePlan plan(TableRequest request);

    /**
     * Compacts the table: plans, merges files into new ones, verifies them and commits. Removes its own new files where
     * nothing was committed. Never deletes a data file of the table.
     *
     * @throws IllegalArgumentException as {@link #plan}
     * @throws io.glulam.error.SourceChanged if a concurrent commit conflicts; nothing was published then
     * @throws CommitStateUnknown if the table may hold the new files or not
     */
    TableReport compact(TableRequest request, TableListener listener);

    /**
     * Plans a compaction that is carried out step by step.
     *
     * @param snapshot the snapshot or version to plan from; null for the newest. One that is gone is refused as
     *     {@link io.glulam.error.SourceChanged}
     * @throws IllegalArgumentException as {@link #plan}
     */
    StagedCompaction stage(TableRequest request, @Nullable Long snapshot);

    /**
     * Removes a new file of a staged compaction, if it is there. Only for files that no commit can hold.
     *
     * @throws io.glulam.error.Unsupported if the place is none that a staged compaction gives
     */
    void removeNew(String place);

    /** Compares the rows of two snapshots or versions, where a compaction came between them. */
    TableVerification verify(long before, long after);

    @Override
    void close();
}
