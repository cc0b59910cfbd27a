package io.glulam.tables.iceberg.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;

/** The files of a partition that a scan found, counted, and those of them that may be merged. Not thread-safe. */
final class PartitionFiles {
    /** By names, as plans list them. */
    static final Comparator<PartitionFiles> BY_NAME =
            Comparator.comparing(PartitionFiles::name).thenComparing(PartitionFiles::specId);

    private final int specId;
    private final StructLike tuple;
    private final String name;
    private final List<TableFile> candidates = new ArrayList<>();
    private final List<TableFile> undecided = new ArrayList<>();
    private int files;
    private long bytes;
    private long rows;
    private int withDeletes;

    /**
     * @param spec of the partition
     * @param current the table's present one; partitions of older ones name theirs
     * @param tuple the partition's values
     */
    PartitionFiles(PartitionSpec spec, PartitionSpec current, StructLike tuple) {
        this.specId = spec.specId();
        this.tuple = tuple;
        String path = spec.isUnpartitioned() ? "" : spec.partitionToPath(tuple);
        boolean old = spec.specId() != current.specId();
        this.name = old ? (path.isEmpty() ? "" : path + " ") + "(spec " + specId + ")" : path;
    }

    /** Counts a file. */
    void count(DataFile file, boolean hasDeletes) {
        files++;
        bytes += file.fileSizeInBytes();
        rows += file.recordCount();
        withDeletes += hasDeletes ? 1 : 0;
    }

    int specId() {
        return specId;
    }

    StructLike tuple() {
        return tuple;
    }

    /** Returns the name for people. */
    String name() {
        return name;
    }

    /** Returns the files that may be merged, to which callers add. */
    List<TableFile> candidates() {
        return candidates;
    }

    /** Returns the files of which a footer has to tell whether they may be merged, to which callers add. */
    List<TableFile> undecided() {
        return undecided;
    }

    int files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    long rows() {
        return rows;
    }

    /** Returns the number of files to which deletes apply. */
    int withDeletes() {
        return withDeletes;
    }
}
