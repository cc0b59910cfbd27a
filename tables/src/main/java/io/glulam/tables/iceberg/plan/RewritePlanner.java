package io.glulam.tables.iceberg.plan;

import io.glulam.CompactionOptions;
import io.glulam.storage.ObjectRef;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.expressions.Expression;
import org.jspecify.annotations.Nullable;

/** Plans from a table's manifests which files become which outputs. Used once. */
public final class RewritePlanner {
    private final Table table;
    private final TableAddress address;
    private final RewriteOptions options;
    private final RowGroupJudge judge;
    private final LeftTally left;
    private final KeyRange.@Nullable Key key;
    private final SortProof sorting;
    private final ManifestScan scan;

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
            Function<String, ObjectRef> objects,
            int maxFooters,
            boolean appliesDeletes) {
        this.table = table;
        this.address = address;
        this.options = options;
        this.judge = new RowGroupJudge(compaction, objects, maxFooters);
        this.left = new LeftTally(new IcebergRemedies(table.name()));
        this.key = KeyRange.Key.of(table.sortOrder(), table.schema());
        this.sorting = new SortProof(table.sortOrder(), key);
        this.scan = new ManifestScan(table, options, locations, judge, left, key, appliesDeletes);
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
            scan.read(start, branch, filter);
        }
        return planned(start, filter, notes);
    }

    private RewritePlan planned(@Nullable Snapshot start, Expression filter, List<String> notes) {
        List<PlannedOutput> outputs = new ArrayList<>();
        List<PartitionState> states = new ArrayList<>();
        Budget budget = new Budget(options.maxFiles());
        for (PartitionFiles partition : scan.partitions()) {
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
                scan.reach(),
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
        List<TableFile> files = partition.candidates();
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
                PlannedOutput planned = output(partition, firstGroup + groups, output);
                bytes += planned.bytes();
                outputs.add(planned);
            }
            groups += used ? 1 : 0;
        }
        return new PartitionState(
                partition.name(),
                partition.files(),
                partition.bytes(),
                partition.rows(),
                partition.withDeletes(),
                taken,
                bytes,
                groups,
                made);
    }

    private PlannedOutput output(PartitionFiles partition, int group, List<TableFile> files) {
        List<DataFile> sources = files.stream().map(TableFile::file).toList();
        Map<String, List<DeleteFile>> deletes = files.stream()
                .filter(file -> !file.deletes().isEmpty())
                .collect(Collectors.toMap(file -> file.file().location(), TableFile::deletes));
        return new PlannedOutput(
                partition.specId(),
                partition.tuple(),
                partition.name(),
                group,
                sources,
                deletes,
                sorting.orderOf(files));
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
        if (start == null || !scan.selectedAny()) {
            return start == null || filter.op() == Expression.Operation.TRUE
                    ? Outcome.EMPTY_TABLE
                    : Outcome.NOTHING_SELECTED;
        }
        int healthy = left.files(LeftReason.HEALTHY) + left.files(LeftReason.TOO_LARGE) + left.files(LeftReason.ALONE);
        return healthy == 0 ? Outcome.ALL_LEFT : Outcome.NOTHING_TO_DO;
    }
}
