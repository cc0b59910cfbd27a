package io.glulam.tables.iceberg.plan;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.tables.LeftReason;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.planning.InTurn;
import io.glulam.tables.planning.LeftTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.PartitionMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot's manifests and finds the files that may be merged, by partition. Holds no statistics of files but the
 * bounds of the sort order's first column, and none of the files that are healthy. Used once; not thread-safe.
 */
final class ManifestScan {
    private final Table table;
    private final RewriteOptions options;
    private final Locations locations;
    private final RowGroupJudge judge;
    private final LeftTally left;
    private final KeyRange.@Nullable Key key;
    private final boolean appliesDeletes;
    private final PartitionMap<PartitionFiles> partitions;
    private final DeleteReach reach = new DeleteReach();
    private final Map<String, DeleteFile> deleteFiles = new HashMap<>();
    private long selected;

    /**
     * @param left hears of files that are left
     * @param key the sort order's first column; null if its bounds are not wanted
     * @param appliesDeletes whether files to which position deletes or deletion vectors apply may be merged, too
     */
    ManifestScan(
            Table table,
            RewriteOptions options,
            Locations locations,
            RowGroupJudge judge,
            LeftTally left,
            KeyRange.@Nullable Key key,
            boolean appliesDeletes) {
        this.table = table;
        this.options = options;
        this.locations = locations;
        this.judge = judge;
        this.left = left;
        this.key = key;
        this.appliesDeletes = appliesDeletes;
        this.partitions = PartitionMap.create(table.specs());
    }

    /**
     * Reads the manifests of a snapshot, and some footers.
     *
     * @param branch that is read; null for the main one
     * @param filter selects partitions
     */
    void read(Snapshot start, @Nullable String branch, Expression filter) {
        if (appliesDeletes) {
            read(scanOf(start, branch), reach::add); // A filter tells nothing of files that it does not select.
        }
        // With residuals, a filter on rows would also hide equality deletes of rows that it does not select.
        TableScan scan = scanOf(start, branch).filter(filter).ignoreResiduals();
        if (key != null) {
            scan = scan.includeColumnStats(List.of(key.name()));
        }
        read(scan, this::add);
        judgeUndecided();
    }

    /** Returns the partitions that were found, in the order of their names. */
    List<PartitionFiles> partitions() {
        List<PartitionFiles> all = new ArrayList<>(partitions.values());
        all.sort(PartitionFiles.BY_NAME);
        return all;
    }

    /** Returns which deletes apply to which files of the whole snapshot. */
    DeleteReach reach() {
        return reach;
    }

    /** Whether the filter selected any file. */
    boolean selectedAny() {
        return selected > 0;
    }

    private TableScan scanOf(Snapshot start, @Nullable String branch) {
        TableScan scan = table.newScan();
        SnapshotRef ref = branch == null ? null : table.refs().get(branch);
        if (branch != null && ref != null && start.snapshotId() == ref.snapshotId()) {
            return scan.useRef(branch);
        }
        return start.equals(table.currentSnapshot()) ? scan : scan.useSnapshot(start.snapshotId());
    }

    private void read(TableScan scan, Consumer<FileScanTask> action) {
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            tasks.forEach(action);
        } catch (IOException e) {
            throw new StorageFailed(Place.of(table.name()), "the manifests cannot be read", null, false, e);
        }
    }

    private void add(FileScanTask task) {
        DataFile file = task.file();
        locations.require(file.location());
        PartitionFiles partition = partitionOf(file);
        boolean hasDeletes = !task.deletes().isEmpty();
        partition.count(file, hasDeletes);
        selected++;
        LeftReason reason = mustStay(task);
        if (reason != null) {
            left.add(reason, file.fileSizeInBytes(), file.location());
        } else if (file.fileSizeInBytes() < options.minBytes() || options.rewriteAll() || hasDeletes) {
            judge.count(file);
            partition.candidates().add(kept(file, options.rewriteAll() || hasDeletes, deletes(task)));
        } else if (judge.byEntry(file) == RowGroupJudge.Verdict.HEALTHY) {
            healthy(file);
        } else {
            partition.undecided().add(kept(file, false, List.of()));
        }
    }

    private PartitionFiles partitionOf(DataFile file) {
        PartitionFiles known = partitions.get(file.specId(), file.partition());
        if (known == null) {
            StructLike tuple = file.copyWithoutStats().partition(); // A scan may use an entry's own again.
            known = new PartitionFiles(Objects.requireNonNull(table.specs().get(file.specId())), table.spec(), tuple);
            partitions.put(file.specId(), tuple, known);
        }
        return known;
    }

    private void healthy(DataFile file) {
        boolean large = file.fileSizeInBytes() > options.maxBytes();
        left.add(large ? LeftReason.TOO_LARGE : LeftReason.HEALTHY, file.fileSizeInBytes(), file.location());
    }

    private TableFile kept(DataFile file, boolean fragmented, List<DeleteFile> deletes) {
        KeyRange range = key == null ? null : key.of(file);
        return new TableFile(file.copyWithoutStats(), fragmented, deletes, range);
    }

    /** The deletes of a file; those of several files are held once. */
    private List<DeleteFile> deletes(FileScanTask task) {
        List<DeleteFile> deletes = new ArrayList<>();
        for (DeleteFile delete : task.deletes()) {
            locations.require(delete.location());
            deletes.add(deleteFiles.computeIfAbsent(DeleteReach.key(delete), any -> delete.copyWithoutStats()));
        }
        return deletes;
    }

    /** Why a file must not be merged whatever its size; null if it may. */
    private @Nullable LeftReason mustStay(FileScanTask task) {
        DataFile file = task.file();
        if (file.format() != FileFormat.PARQUET) {
            return LeftReason.NOT_PARQUET;
        }
        if (file.keyMetadata() != null) {
            return LeftReason.ENCRYPTED;
        }
        LeftReason reason = null;
        for (DeleteFile delete : task.deletes()) {
            if (delete.content() == FileContent.EQUALITY_DELETES) {
                return LeftReason.EQUALITY_DELETES;
            }
            if (!appliesDeletes || !isReadable(delete)) {
                reason =
                        delete.format() == FileFormat.PUFFIN ? LeftReason.DELETION_VECTOR : LeftReason.POSITION_DELETES;
            }
        }
        return reason;
    }

    private static boolean isReadable(DeleteFile delete) {
        boolean known = delete.format() == FileFormat.PUFFIN
                || delete.format() == FileFormat.PARQUET
                || delete.format() == FileFormat.AVRO;
        return known && delete.keyMetadata() == null;
    }

    /**
     * Footers are read in turn from all partitions, and in each in turn from the files of all writers, so that the limit samples
     * each of them.
     */
    private void judgeUndecided() {
        List<PartitionFiles> all = partitions();
        all.forEach(partition -> TableFile.sort(partition.undecided(), null));
        int count =
                all.stream().mapToInt(partition -> partition.undecided().size()).sum();
        SnapshotWriters writers =
                judge.mayRead(count) ? null : new SnapshotWriters(table); // Snapshots may have to be loaded.
        List<List<TableFile>> undecided = all.stream()
                .map(partition -> writers == null ? partition.undecided() : writers.inTurn(partition.undecided()))
                .toList();
        judge.byFooters(InTurn.of(undecided), this::judged);
    }

    private void judged(TableFile file, Supplier<Boolean> compactable) {
        try {
            if (compactable.get()) {
                partitionOf(file.file()).candidates().add(new TableFile(file.file(), true, file.deletes(), file.key()));
            } else {
                healthy(file.file());
            }
        } catch (Unsupported | CorruptFile failure) {
            left.add(LeftReason.REFUSED, file.bytes(), file.file().location() + ": " + failure.problem());
        }
    }
}
