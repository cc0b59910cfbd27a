package io.glulam.tables.iceberg.plan;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.StructLike;

/**
 * A file to be written.
 *
 * @param specId partition spec of the sources and of the output
 * @param partition tuple of the sources and of the output
 * @param partitionName for people
 * @param group counts the groups of the plan, from 0 on
 * @param files the sources, in the order of the output's rows
 * @param deletes position deletes and deletion vectors that are applied, by the source's path
 * @param sortOrderId the sort order that the output is proven to have; 0 for none
 */
public record PlannedOutput(
        int specId,
        StructLike partition,
        String partitionName,
        int group,
        List<DataFile> files,
        Map<String, List<DeleteFile>> deletes,
        int sortOrderId) {
    public PlannedOutput {
        files = List.copyOf(files);
        deletes = Map.copyOf(deletes);
    }

    /** Returns the deletes that are applied to a source. */
    public List<DeleteFile> deletesOf(DataFile file) {
        return deletes.getOrDefault(file.location(), List.of());
    }

    /** Returns the deletes that are applied to some sources, those of several once for each. */
    public List<DeleteFile> deletesOf(List<DataFile> some) {
        return some.stream().flatMap(file -> deletesOf(file).stream()).toList();
    }

    /** Returns the sum of the sources' sizes. */
    public long bytes() {
        return files.stream().mapToLong(DataFile::fileSizeInBytes).sum();
    }
}
