package io.glulam.tables;

import io.glulam.ShapedReport;
import io.glulam.adapt.CutPages;
import io.glulam.storage.Traffic;
import java.io.Serializable;
import java.util.List;

/**
 * The result of a compaction of a table.
 *
 * @param plan what was planned
 * @param outcome how it ended
 * @param counts the columns of Iceberg's {@code rewrite_data_files}
 * @param bytes how the bytes of the outputs were made
 * @param deletes what became of the rows that deletes named
 * @param traffic requests and bytes of stores
 * @param snapshots the snapshots or versions that were committed, in order
 * @param heldBytes bytes of files that this run replaced and that older snapshots still hold
 * @param release the statement that frees these bytes
 * @param notes sentences for people: groups that failed, row orders that were proven, warnings
 */
public record TableReport(
        TablePlan plan,
        Outcome outcome,
        Counts counts,
        MovedBytes bytes,
        AppliedDeletes deletes,
        Traffic traffic,
        List<Long> snapshots,
        long heldBytes,
        String release,
        List<String> notes) {
    public TableReport {
        snapshots = List.copyOf(snapshots);
        notes = List.copyOf(notes);
    }

    /** Returns the same report with the statement that frees the bytes. */
    public TableReport withRelease(String statement) {
        return new TableReport(plan, outcome, counts, bytes, deletes, traffic, snapshots, heldBytes, statement, notes);
    }

    /**
     * The columns of Iceberg's {@code rewrite_data_files}.
     *
     * @param rewrittenDataFiles number of files that were replaced
     * @param addedDataFiles number of files that replace them
     * @param rewrittenBytes sum of the sizes of the files that were replaced
     * @param failedDataFiles number of files whose group failed
     * @param removedDeleteFiles number of delete files that were removed
     */
    public record Counts(
            int rewrittenDataFiles,
            int addedDataFiles,
            long rewrittenBytes,
            int failedDataFiles,
            int removedDeleteFiles) {}

    /**
     * Deletes that were applied.
     *
     * @param rows that no output has
     * @param movedPages data pages, of row groups with such rows, that are in outputs as they were
     * @param cutPages data pages that were written anew without such rows
     * @param droppedPages data pages that held nothing else
     */
    public record AppliedDeletes(long rows, long movedPages, long cutPages, long droppedPages) implements Serializable {
        /** No deletes. */
        public static final AppliedDeletes NONE = new AppliedDeletes(0, 0, 0, 0);

        public AppliedDeletes plus(AppliedDeletes more) {
            return new AppliedDeletes(
                    rows + more.rows,
                    movedPages + more.movedPages,
                    cutPages + more.cutPages,
                    droppedPages + more.droppedPages);
        }

        /** Returns those of a merge. */
        public static AppliedDeletes of(ShapedReport report) {
            CutPages pages = report.cutPages();
            return new AppliedDeletes(report.deletedRows(), pages.moved(), pages.cut(), pages.dropped());
        }
    }

    /**
     * Bytes of outputs by the way they were made.
     *
     * @param moved kept or joined as they were
     * @param remapped dictionary indexes were renumbered; no value was decoded
     * @param recoded decompressed, or decoded and encoded
     * @param added bytes of all outputs
     */
    public record MovedBytes(long moved, long remapped, long recoded, long added) implements Serializable {}
}
