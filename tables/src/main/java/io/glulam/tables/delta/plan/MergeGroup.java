package io.glulam.tables.delta.plan;

import io.glulam.tables.delta.files.DataFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that become one.
 *
 * @param partition raw partition values, by physical names, of the first file
 * @param partitionName for people
 * @param files in the order of the new file's rows
 */
public record MergeGroup(Map<String, @Nullable String> partition, String partitionName, List<DataFile> files) {
    public MergeGroup {
        files = List.copyOf(files);
    }

    /** Number of deletion vectors that apply to the files. */
    public int vectors() {
        return (int) files.stream().filter(file -> file.deletes() != null).count();
    }

    /** Returns the group of some of the files, by their positions. */
    public MergeGroup part(List<Integer> positions) {
        return new MergeGroup(
                partition, partitionName, positions.stream().map(files::get).toList());
    }

    /** Sum of the files' sizes. */
    public long bytes() {
        return files.stream().mapToLong(DataFile::size).sum();
    }
}
