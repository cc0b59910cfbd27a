package io.glulam.tables.delta.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.CompactionOptions;
import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.Traffic;
import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.PartitionState;
import io.glulam.tables.RowGroupJudgment;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableRequest;
import io.glulam.tables.TrafficEstimate;
import io.glulam.tables.delta.files.DataFile;
import io.glulam.tables.delta.files.FileStatisticsMerger;
import io.glulam.tables.delta.files.FooterLooks;
import io.glulam.tables.delta.files.FormClasses;
import io.glulam.tables.delta.files.KeyColumns;
import io.glulam.tables.delta.files.TableFolder;
import io.glulam.tables.delta.files.TableForm;
import io.glulam.tables.delta.log.DeletionVector;
import io.glulam.tables.delta.log.DeltaLog;
import io.glulam.tables.delta.log.LoggedFile;
import io.glulam.tables.delta.log.TableVersion;
import io.glulam.tables.planning.InTurn;
import io.glulam.tables.planning.LeftTally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides which files of a version are merged. One planner plans once. */
public final class DeltaPlanner {
    private final TableAddress.Delta address;
    private final TableFolder folder;
    private final DeltaLog log;
    private final TableVersion version;
    private final DeltaOptions options;
    private final int maxFooters;
    private final boolean appliesDeletes;
    private final boolean looksAtForms;
    private final FooterLooks looks;
    private final PartitionKeys partitionKeys;
    private final KeyColumns keys;
    private final FileOrder order;
    private final PartitionFilter filter;
    private final LeftTally left;
    private final Map<List<@Nullable String>, Partition> partitions = new LinkedHashMap<>();
    private final List<MergeGroup> groups = new ArrayList<>();
    private int files;
    private int unread;
    private int fragmented;
    private int replaced;

    /**
     * Files that may be merged into one.
     *
     * @param column by which they are in order, as {@link FileOrder.Ordered} has it
     */
    private record Packed(List<DataFile> files, int column) {}

    /** The files of a partition. */
    private static final class Partition {
        private final Map<String, @Nullable String> values;
        private final String name;
        private final List<DataFile> small = new ArrayList<>();
        private final List<DataFile> alone = new ArrayList<>();
        private final List<Packed> packed = new ArrayList<>();
        private boolean formsKnown;
        private int files;
        private long bytes;
        private long rows;
        private int withDeletes;
        private int candidates;
        private long candidateBytes;
        private int groups;

        Partition(Map<String, @Nullable String> values, String name) {
            this.values = values;
            this.name = name;
        }

        PartitionState state() {
            return new PartitionState(
                    name, files, bytes, rows, withDeletes, candidates, candidateBytes, groups, groups);
        }
    }

    /** @param looksAtForms whether files that are merged are divided by form now; otherwise the merge does it, which reads them */
    public DeltaPlanner(
            TableAddress.Delta address,
            TableFolder folder,
            DeltaLog log,
            TableVersion version,
            TableRequest request,
            boolean looksAtForms,
            CompactionOptions options) {
        this.address = address;
        this.folder = folder;
        this.log = log;
        this.version = version;
        this.options = DeltaOptions.of(request.options(), version);
        this.maxFooters = request.maxFooters();
        this.appliesDeletes = request.applyDeletes();
        this.looksAtForms = looksAtForms;
        this.looks = new FooterLooks(options);
        this.partitionKeys = new PartitionKeys(version);
        this.keys = KeyColumns.of(log, version);
        this.order = new FileOrder(keys);
        this.filter = PartitionFilter.of(request.where(), version);
        this.left = new LeftTally(new DeltaRemedies(folder.sqlName()));
    }

    /** Reads the version's files, and some footers. */
    public DeltaPlan plan() {
        log.files(version, true, this::take);
        lookAtForms();
        partitions.values().forEach(this::pack);
        lookAtThoseAlone();
        partitions.values().forEach(this::group);
        List<PartitionState> states = partitions.values().stream()
                .map(Partition::state)
                .sorted(Comparator.comparingInt(PartitionState::candidates).reversed())
                .toList();
        TablePlan shown = new TablePlan(
                address,
                "Delta (reader version " + version.readerVersion() + ", writer version " + version.writerVersion()
                        + ")",
                address.location(),
                version.number(),
                outcome(),
                states,
                left.files(),
                new RowGroupJudgment(
                        files - looks.read() - unread, looks.read(), unread, looks.rowGroups(), fragmented),
                expected(),
                deletesToApply(),
                notes());
        return new DeltaPlan(version, groups, looks, shown);
    }

    private Traffic expected() {
        if (!folder.isRemote()) {
            return Traffic.NONE;
        }
        long bytes = groups.stream().mapToLong(MergeGroup::bytes).sum();
        return TrafficEstimate.of(replaced, bytes, groups.size());
    }

    private void take(LoggedFile file) {
        files++;
        if (!filter.selects(file.partition())) {
            left.add(LeftReason.FILTERED, file.size(), file.path());
            return;
        }
        Partition partition = partitions.computeIfAbsent(
                partitionKeys.key(file.partition()),
                absent -> new Partition(file.partition(), partitionKeys.name(file.partition())));
        JsonNode statistics = FileStatisticsMerger.parsed(file.statistics());
        long rows = FileStatisticsMerger.rows(statistics);
        partition.files++;
        partition.bytes += file.size();
        partition.rows += Math.max(0, rows);
        partition.withDeletes += file.deletes() == null ? 0 : 1;
        ObjectRef object = folder.file(file.path());
        LeftReason reason = obstacle(file, object);
        if (reason != null || object == null) {
            left.add(reason == null ? LeftReason.OUTSIDE : reason, file.size(), file.path());
            return;
        }
        DataFile candidate = DataFile.of(file, object, statistics, keys);
        (candidate.liveBytes() < options.smallFileBytes() ? partition.small : partition.alone).add(candidate);
    }

    private @Nullable LeftReason obstacle(LoggedFile file, @Nullable ObjectRef object) {
        DeletionVector deletes = file.deletes();
        if (deletes != null && !appliesDeletes) {
            return LeftReason.DELETION_VECTOR;
        }
        if (object == null || deletes != null && !log.isInside(deletes)) {
            return LeftReason.OUTSIDE;
        }
        boolean untracked = file.baseRowId() == null || file.rowCommitVersion() == null;
        return version.tracksRows() && untracked ? LeftReason.REFUSED : null;
    }

    /** Of few files the footers are read now; of many, when they are merged. */
    private void lookAtForms() {
        List<DataFile> wanted = new ArrayList<>();
        for (Partition partition : partitions.values()) {
            int small = partition.small.size();
            if (looksAtForms && small > 1 && wanted.size() + small <= maxFooters) {
                wanted.addAll(partition.small);
                partition.formsKnown = true;
            }
        }
        looks.lookAt(wanted);
    }

    private void pack(Partition partition) {
        List<List<DataFile>> sameForms = partition.formsKnown
                ? new FormClasses(TableForm.of(version), looks).divide(partition.small, left)
                : List.of(partition.small);
        for (List<DataFile> sameForm : sameForms) {
            FileOrder.Ordered ordered = order.of(sameForm);
            for (List<DataFile> output : FilePacking.pack(ordered.files(), options.targetFileBytes())) {
                if (output.size() < Math.max(2, options.minInputFiles())) {
                    partition.alone.addAll(output);
                } else {
                    partition.packed.add(new Packed(output, ordered.column()));
                    unread += looksAtForms ? 0 : output.size();
                }
            }
        }
    }

    /** Footers are read in turn from all partitions, so that the limit samples each of them. */
    private void lookAtThoseAlone() {
        List<List<DataFile>> undecided = partitions.values().stream()
                .map(partition -> partition.alone.stream()
                        .filter(file -> file.deletes() == null && !looks.looked(file))
                        .toList())
                .toList();
        looks.lookAt(InTurn.of(undecided).stream()
                .limit(Math.max(0, maxFooters - looks.read()))
                .toList());
    }

    private void group(Partition partition) {
        for (Packed output : partition.packed) {
            if (add(partition, output.files())) {
                order.merged(output.files(), output.column());
            }
        }
        partition.alone.forEach(file -> judge(partition, file));
    }

    /** A file without a partner is compacted alone if its row groups are fragments, or rows of it are deleted. */
    private void judge(Partition partition, DataFile file) {
        if (file.deletes() != null) {
            add(partition, List.of(file));
            return;
        }
        boolean small = file.size() < options.smallFileBytes();
        try {
            if (!looks.looked(file)) {
                unread++;
            } else if (looks.compactable(file)) {
                fragmented++;
                add(partition, List.of(file));
                return;
            }
        } catch (Unsupported | CorruptFile failure) {
            left.add(LeftReason.REFUSED, file.size(), file.path() + ": " + failure.problem());
            return;
        }
        left.add(small ? LeftReason.ALONE : LeftReason.HEALTHY, file.size(), file.path());
    }

    /** Returns whether the files are merged: {@code max-files-to-rewrite} may leave them. */
    private boolean add(Partition partition, List<DataFile> output) {
        if (replaced + output.size() > options.maxFiles()) {
            output.forEach(file -> left.add(LeftReason.LIMITED, file.size(), file.path()));
            return false;
        }
        replaced += output.size();
        MergeGroup group = new MergeGroup(partition.values, partition.name, output);
        partition.candidates += output.size();
        partition.candidateBytes += group.bytes();
        partition.groups++;
        groups.add(group);
        return true;
    }

    /** Vectors are counted as delete files, though several lie in one file. */
    private TablePlan.DeletesToApply deletesToApply() {
        int vectors = groups.stream().mapToInt(MergeGroup::vectors).sum();
        return new TablePlan.DeletesToApply(vectors, vectors);
    }

    private Outcome outcome() {
        if (!groups.isEmpty()) {
            return Outcome.COMPACTED;
        }
        if (files == 0) {
            return Outcome.EMPTY_TABLE;
        }
        if (partitions.isEmpty()) {
            return Outcome.NOTHING_SELECTED;
        }
        return hasObstacle() ? Outcome.ALL_LEFT : Outcome.NOTHING_TO_DO;
    }

    /** Whether a file was left that would have been merged otherwise. */
    private boolean hasObstacle() {
        return Stream.of(LeftReason.DELETION_VECTOR, LeftReason.FORM_DIFFERS, LeftReason.REFUSED, LeftReason.OUTSIDE)
                .anyMatch(reason -> left.files(reason) > 0);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(order.notes());
        if (version.features().contains("clustering")) {
            notes.add("the table is clustered: OPTIMIZE clusters its rows, and Glulam keeps the rows as they lie");
        }
        if (folder.isRemote()) {
            notes.add("commits are safe only if every writer of the table commits by conditional puts (If-None-Match);"
                    + " writers with Delta's S3SingleDriverLogStore or a DynamoDB log store could overwrite a"
                    + " commit");
        }
        return notes;
    }
}
