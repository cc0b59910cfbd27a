package io.glulam.tables;

import io.glulam.storage.Traffic;
import java.util.List;

/**
 * What a compaction of a table did.
 *
 * @param plan what was planned
 * @param outcome how it ended
 * @param counts the columns of Iceberg's {@code rewrite_data_files}
 * @param bytes how the bytes of the outputs were made
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
        return new TableReport(plan, outcome, counts, bytes, traffic, snapshots, heldBytes, statement, notes);
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
     * Bytes of outputs by the way they were made.
     *
     * @param moved kept or joined as they were
     * @param remapped dictionary indexes were renumbered; no value was decoded
     * @param recoded decompressed, or decoded and encoded
     * @param added bytes of all outputs
     */
    public record MovedBytes(long moved, long remapped, long recoded, long added) {}
}
