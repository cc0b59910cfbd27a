package io.glulam.tables.delta.rewrite;

import io.glulam.tables.delta.log.DeletionVector;
import io.glulam.tables.delta.plan.MergeGroup;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A new file of a Delta table that is to be written, as another process gets it.
 *
 * @param index of which no other job of the run has the same
 * @param partitionName for people; empty for a table without partitions
 * @param sources in the order of the new file's rows
 */
public record OutputJob(int index, String partitionName, List<Source> sources) implements Serializable {
    public OutputJob {
        sources = List.copyOf(sources);
    }

    /**
     * A data file, as the log has it.
     *
     * @param path encoded as in a URI, relative to the table's folder
     * @param bytes its size
     * @param rows its rows, those that are deleted included; -1 if the log has none
     * @param modified when it was written, milliseconds since 1970
     * @param baseRowId row id of its first row; null if the log has none
     * @param rowCommitVersion version that its rows are of; null if the log has none
     * @param deletes the rows of it that are deleted; null for none
     */
    public record Source(
            String path,
            long bytes,
            long rows,
            long modified,
            @Nullable Long baseRowId,
            @Nullable Long rowCommitVersion,
            @Nullable DeletionVector deletes)
            implements Serializable {}

    static OutputJob of(int index, MergeGroup group) {
        return new OutputJob(
                index,
                group.partitionName(),
                group.files().stream()
                        .map(file -> new Source(
                                file.path(),
                                file.size(),
                                file.rows(),
                                file.modified(),
                                file.baseRowId(),
                                file.rowCommitVersion(),
                                file.deletes()))
                        .toList());
    }

    /** Returns the sum of the sources' sizes. */
    public long bytes() {
        return sources.stream().mapToLong(Source::bytes).sum();
    }

    /**
     * Returns the path of the new file of an attempt at the job, for the log.
     *
     * @param runId of which no other run has the same
     * @param attempt number of the attempt, from 0 on
     */
    public String path(String runId, int attempt) {
        return GroupMerger.folderOf(sources.get(0).path())
                + String.format(Locale.ROOT, "part-%05d-%d-%s-glulam.parquet", index, attempt, runId);
    }
}
