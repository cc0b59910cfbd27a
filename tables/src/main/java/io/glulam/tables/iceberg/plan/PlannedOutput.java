package io.glulam.tables.iceberg.plan;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.StructLike;

/**
 * A file to be written.
 *
 * @param specId partition spec of the sources and of the output
 * @param partition tuple of the sources and of the output
 * @param partitionName for people
 * @param group counts the groups of the plan, from 0 on
 * @param files the sources, in the order of the output's rows
 * @param sortOrderId the sort order that the output is proven to have; 0 for none
 */
public record PlannedOutput(
        int specId, StructLike partition, String partitionName, int group, List<DataFile> files, int sortOrderId) {
    public PlannedOutput {
        files = List.copyOf(files);
    }

    /** Returns the sum of the sources' sizes. */
    public long bytes() {
        return files.stream().mapToLong(DataFile::fileSizeInBytes).sum();
    }
}
