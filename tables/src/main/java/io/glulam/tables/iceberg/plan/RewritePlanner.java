package io.glulam.tables.iceberg.plan;

import io.glulam.CompactionOptions;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.storage.StoredObject;
import io.glulam.storage.Traffic;
import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.PartitionState;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TablePlan.DeletesToApply;
import io.glulam.tables.TrafficEstimate;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.planning.LeftTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.PartitionMap;
import org.jspecify.annotations.Nullable;

/**
 * Plans from a table's manifests which files become which outputs. Holds no statistics of files but the bounds of the sort
 * order's first column, and none of the files that are healthy. Used once.
 */
public final class RewritePlanner {
    private final Table table;
    private final TableAddress address;
    private final RewriteOptions options;
    private final Locations locations;
    private final RowGroupJudge judge;
    private final LeftTally left;
    private final KeyRange.@Nullable Key key;
    private final SortProof sorting;
    private final PartitionMap<PartitionFiles> partitions;
    private final boolean appliesDeletes;
    private final DeleteReach reach = new DeleteReach();
    private final Map<String, DeleteFile> deleteFiles = new HashMap<>();
    private long selected;

    /**
     * @param compaction its settings tell which row groups are too small
     * @param objects opens a file by its path
     * @param maxFooters number of footers that are read at most
     * @param appliesDeletes whether files to which position deletes or deletion vectors apply are merged, too
     */
    public RewritePlanner(
            Table table,
            TableAddress address,
            RewriteOptions options,
            Locations locations,
            CompactionOptions compaction,
            Function<String, StoredObject> objects,
            int maxFooters,
            boolean appliesDeletes) {
        this.table = table;
        this.appliesDeletes = appliesDeletes;
        this.address = address;
        this.options = options;
        this.locations = locations;
        this.judge = new RowGroupJudge(compaction, objects, maxFooters);
        this.left = new LeftTally(new IcebergRemedies(table.name()));
        this.key = KeyRange.Key.of(table.sortOrder(), table.schema());
        this.sorting = new SortProof(table.sortOrder(), key);
        this.partitions = PartitionMap.create(table.specs());
    }

    /** What was found of a partition. */
    private static final class PartitionFiles {
        private final int specId;
        private final StructLike tuple;
        private final List<TableFile> candidates = new ArrayList<>();
        private final List<TableFile> undecided = new ArrayList<>();
        private int files;
        private long bytes;
        private long rows;
        private int withDeletes;

        PartitionFiles(int specId, StructLike tuple) {
            this.specId = specId;
            this.tuple = tuple;
        }
    }

    /**
     * Plans.
     *
     * @param start the snapshot to read; null if the branch has none
     * @param branch to read; null for the main one
     * @param filter selects partitions
     * @param notes sentences for the plan
     */
    public RewritePlan plan(@Nullable Snapshot start, @Nullable String branch, Expression filter, List<String> notes) {
        if (start != null) {
            scan(start, branch, filter);
            judgeUndecided();
        }
        return planned(start, filter, notes);
    }

    private void scan(Snapshot start, @Nullable String branch, Expression filter) {
        if (appliesDeletes) {
            scan(scanOf(start, branch), reach::add); // A filter tells nothing of files that it does not select.
        }
        // With residuals, a filter on rows would also hide equality deletes of rows that it does not select.
        TableScan scan = scanOf(start, branch).filter(filter).ignoreResiduals();
        if (key != null) {
            scan = scan.includeColumnStats(List.of(key.name()));
        }
        scan(scan, this::add);
    }

    private TableScan scanOf(Snapshot start, @Nullable String branch) {
        TableScan scan = table.newScan();
        SnapshotRef ref = branch == null ? null : table.refs().get(branch);
        if (branch != null && ref != null && start.snapshotId() == ref.snapshotId()) {
            return scan.useRef(branch);
        }
        return start.equals(table.currentSnapshot()) ? scan : scan.useSnapshot(start.snapshotId());
    }

    private void scan(TableScan scan, Consumer<FileScanTask> action) {
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
        partition.files++;
        partition.bytes += file.fileSizeInBytes();
        partition.rows += file.recordCount();
        selected++;
        partition.withDeletes += task.deletes().isEmpty() ? 0 : 1;
        LeftReason reason = mustStay(task);
        if (reason != null) {
            left.add(reason, file.fileSizeInBytes(), file.location());
        } else if (file.fileSizeInBytes() < options.minBytes()
                || options.rewriteAll()
                || !task.deletes().isEmpty()) {
            judge.count(file);
            partition.candidates.add(
                    kept(file, options.rewriteAll() || !task.deletes().isEmpty(), deletes(task)));
        } else if (judge.byEntry(file) == RowGroupJudge.Verdict.HEALTHY) {
            healthy(file);
        } else {
            partition.undecided.add(kept(file, false, List.of()));
        }
    }

    private PartitionFiles partitionOf(DataFile file) {
        PartitionFiles known = partitions.get(file.specId(), file.partition());
        if (known == null) {
            StructLike tuple = file.copyWithoutStats().partition(); // A scan may use an entry's own again.
            known = new PartitionFiles(file.specId(), tuple);
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

    /** Footers are read in turn from all partitions, so that the limit samples each of them. */
    private void judgeUndecided() {
        List<PartitionFiles> waiting = new ArrayList<>(sorted());
        for (int i = 0; !waiting.isEmpty(); i++) {
            int index = i;
            waiting.removeIf(partition -> partition.undecided.size() <= index);
            for (PartitionFiles partition : waiting) {
                TableFile file = partition.undecided.get(i);
                Boolean compactable = judge.byFooter(file.file());
                if (Boolean.TRUE.equals(compactable)) {
                    partition.candidates.add(new TableFile(file.file(), true, file.deletes(), file.key()));
                } else {
                    healthy(file.file());
                }
            }
        }
    }

    private List<PartitionFiles> sorted() {
        List<PartitionFiles> all = new ArrayList<>(partitions.values());
        all.sort(Comparator.comparing(this::name).thenComparing(partition -> partition.specId));
        return all;
    }

    private String name(PartitionFiles partition) {
        PartitionSpec spec = Objects.requireNonNull(table.specs().get(partition.specId));
        String path = spec.isUnpartitioned() ? "" : spec.partitionToPath(partition.tuple);
        boolean old = partition.specId != table.spec().specId();
        return old ? (path.isEmpty() ? "" : path + " ") + "(spec " + partition.specId + ")" : path;
    }

    private RewritePlan planned(@Nullable Snapshot start, Expression filter, List<String> notes) {
        List<PlannedOutput> outputs = new ArrayList<>();
        List<PartitionState> states = new ArrayList<>();
        Budget budget = new Budget(options.maxFiles());
        for (PartitionFiles partition : sorted()) {
            states.add(planned(partition, outputs, budget));
        }
        order(outputs);
        states.sort(Comparator.comparingInt(PartitionState::candidates).reversed());
        int files = outputs.stream().mapToInt(output -> output.files().size()).sum();
        long bytes = outputs.stream().mapToLong(PlannedOutput::bytes).sum();
        TablePlan summary = new TablePlan(
                address,
                "Iceberg v" + TableUtil.formatVersion(table),
                table.location(),
                start == null ? -1 : start.snapshotId(),
                outcome(start, outputs, filter),
                states,
                left.files(),
                judge.judgment(),
                Locations.isLocal(table.location()) ? Traffic.NONE : TrafficEstimate.of(files, bytes, outputs.size()),
                deletesToApply(outputs),
                sorting.noted(notes, outputs));
        return new RewritePlan(
                start == null ? -1 : start.snapshotId(),
                start == null ? 0 : start.sequenceNumber(),
                outputs,
                reach,
                left,
                summary);
    }

    private static DeletesToApply deletesToApply(List<PlannedOutput> outputs) {
        Set<String> deletes = new HashSet<>();
        int files = 0;
        for (PlannedOutput output : outputs) {
            files += output.deletes().size();
            output.deletesOf(output.files()).forEach(delete -> deletes.add(DeleteReach.key(delete)));
        }
        return new DeletesToApply(files, deletes.size());
    }

    /** The files that may still be merged, by {@code max-files-to-rewrite}. */
    private static final class Budget {
        private long files;

        Budget(long files) {
            this.files = files;
        }

        boolean takes(int count) {
            if (count > files) {
                files = 0; // Later ones, which may be smaller, wait too: their order is the user's.
                return false;
            }
            files -= count;
            return true;
        }
    }

    private PartitionState planned(PartitionFiles partition, List<PlannedOutput> outputs, Budget budget) {
        String name = name(partition);
        List<TableFile> files = partition.candidates;
        TableFile.sort(files, key);
        OutputPacker packer = new OutputPacker(options);
        int groups = 0;
        int taken = 0;
        int made = 0;
        long bytes = 0;
        int firstGroup = outputs.isEmpty() ? 0 : outputs.get(outputs.size() - 1).group() + 1;
        for (List<TableFile> group : packer.groups(files)) {
            List<TableFile> alone = new ArrayList<>();
            List<List<TableFile>> packed = packer.outputs(group, alone);
            alone.forEach(
                    file -> left.add(LeftReason.ALONE, file.bytes(), file.file().location()));
            boolean used = false;
            for (List<TableFile> output : packed) {
                if (!budget.takes(output.size())) {
                    output.forEach(file -> left.add(
                            LeftReason.LIMITED, file.bytes(), file.file().location()));
                    continue;
                }
                used = true;
                taken += output.size();
                made++;
                PlannedOutput planned = output(partition, name, firstGroup + groups, output);
                bytes += planned.bytes();
                outputs.add(planned);
            }
            groups += used ? 1 : 0;
        }
        return new PartitionState(
                name,
                partition.files,
                partition.bytes,
                partition.rows,
                partition.withDeletes,
                taken,
                bytes,
                groups,
                made);
    }

    private PlannedOutput output(PartitionFiles partition, String name, int group, List<TableFile> files) {
        List<DataFile> sources = files.stream().map(TableFile::file).toList();
        Map<String, List<DeleteFile>> deletes = files.stream()
                .filter(file -> !file.deletes().isEmpty())
                .collect(Collectors.toMap(file -> file.file().location(), TableFile::deletes));
        return new PlannedOutput(
                partition.specId, partition.tuple, name, group, sources, deletes, sorting.orderOf(files));
    }

    private void order(List<PlannedOutput> outputs) {
        Comparator<PlannedOutput> bytes = Comparator.comparingLong(PlannedOutput::bytes);
        Comparator<PlannedOutput> files =
                Comparator.comparingInt(output -> output.files().size());
        switch (options.order()) {
            case BYTES_ASC -> outputs.sort(bytes);
            case BYTES_DESC -> outputs.sort(bytes.reversed());
            case FILES_ASC -> outputs.sort(files);
            case FILES_DESC -> outputs.sort(files.reversed());
            case NONE -> {
                // As the partitions come.
            }
        }
    }

    private Outcome outcome(@Nullable Snapshot start, List<PlannedOutput> outputs, Expression filter) {
        if (!outputs.isEmpty()) {
            return Outcome.COMPACTED;
        }
        if (start == null || selected == 0) {
            return start == null || filter.op() == Expression.Operation.TRUE
                    ? Outcome.EMPTY_TABLE
                    : Outcome.NOTHING_SELECTED;
        }
        int healthy = left.files(LeftReason.HEALTHY) + left.files(LeftReason.TOO_LARGE) + left.files(LeftReason.ALONE);
        return healthy == 0 ? Outcome.ALL_LEFT : Outcome.NOTHING_TO_DO;
    }
}
