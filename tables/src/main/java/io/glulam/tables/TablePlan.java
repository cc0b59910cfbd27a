package io.glulam.tables;

import io.glulam.storage.Traffic;
import java.util.List;

/**
 * The state of a table, and what a compaction of it would do.
 *
 * @param table the table's address
 * @param format the table's format and version, such as {@code Iceberg v2}
 * @param location where the table lies
 * @param snapshot the snapshot or version that was read; -1 if there is none
 * @param outcome what a compaction would end with
 * @param partitions the partitions that the filter selects, those with most candidates first
 * @param left the files that a compaction would leave, by reason
 * @param judgment how row groups were judged
 * @param expected requests and bytes of stores that a compaction would take, estimated; nothing for local tables
 * @param deletes the deletes that a compaction would apply
 * @param notes sentences for people: warnings, and properties that the format binds a rewriter by
 */
public record TablePlan(
        TableAddress table,
        String format,
        String location,
        long snapshot,
        Outcome outcome,
        List<PartitionState> partitions,
        List<LeftFiles> left,
        RowGroupJudgment judgment,
        Traffic expected,
        DeletesToApply deletes,
        List<String> notes) {
    public TablePlan {
        partitions = List.copyOf(partitions);
        left = List.copyOf(left);
        notes = List.copyOf(notes);
    }

    /**
     * Deletes that a compaction would apply.
     *
     * @param dataFiles number of data files of which rows are deleted
     * @param deleteFiles number of delete files and deletion vectors that name these rows
     */
    public record DeletesToApply(int dataFiles, int deleteFiles) {
        /** No deletes. */
        public static final DeletesToApply NONE = new DeletesToApply(0, 0);
    }

    /** Returns the same plan with the files that turned out to be left while it was carried out. */
    public TablePlan withLeft(List<LeftFiles> other) {
        return new TablePlan(
                table, format, location, snapshot, outcome, partitions, other, judgment, expected, deletes, notes);
    }
}
