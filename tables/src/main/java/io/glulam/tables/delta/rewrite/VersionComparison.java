package io.glulam.tables.delta.rewrite;

import io.glulam.CompactionOptions;
import io.glulam.compare.Difference;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetShape;
import io.glulam.storage.ObjectRef;
import io.glulam.tables.TableVerification;
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
import io.glulam.tables.delta.plan.FileOrder;
import io.glulam.tables.delta.plan.FilePacking;
import io.glulam.tables.delta.plan.PartitionKeys;
import io.glulam.tables.planning.LeftTally;
import io.glulam.tables.planning.RowComparison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares two versions between which a compaction came: the rows of the files that only one of them has, partition by
 * partition and value by value, row ids included. Used once.
 */
public final class VersionComparison {
    private static final int MAX_DIFFERENCES = 10;

    private final TableFolder folder;
    private final DeltaLog log;
    private final CompactionOptions options;
    private final FooterLooks looks;

    public VersionComparison(TableFolder folder, DeltaLog log, CompactionOptions options) {
        this.folder = folder;
        this.log = log;
        this.options = options.withSettings(Settings.defaults().withEffort(Effort.COPY));
        this.looks = new FooterLooks(options);
    }

    /** The files of a partition that one of the versions has and the other does not. */
    private record Changed(List<DataFile> before, List<DataFile> after) {}

    /**
     * Compares.
     *
     * @throws Unsupported if it cannot be told which of several new files has the rows of which old ones
     */
    public TableVerification compare(long before, long after) {
        TableVersion old = log.version(before);
        TableVersion now = log.version(after);
        if (!old.partitionColumns().equals(now.partitionColumns())) {
            throw unsupported("the table is partitioned in another way in version " + after);
        }
        KeyColumns keys = KeyColumns.of(log, old);
        FileOrder order = new FileOrder(keys);
        GroupMerger merger = new GroupMerger(folder, log, TableForm.of(now), looks, options);
        List<String> differences = new ArrayList<>();
        long rowsBefore = 0;
        long rowsAfter = 0;
        for (Changed partition : changed(old, now, keys).values()) {
            rowsBefore += rows(partition.before());
            rowsAfter += rows(partition.after());
            for (Changed part : alike(partition, now)) {
                String difference = difference(part, order, merger);
                if (!difference.isEmpty() && differences.size() < MAX_DIFFERENCES) {
                    differences.add(difference);
                }
            }
        }
        return new TableVerification(before, after, differences.isEmpty(), rowsBefore, rowsAfter, differences);
    }

    private Unsupported unsupported(String problem) {
        return new Unsupported(
                Place.of(folder.location()), problem, "compare the versions with SELECT ... VERSION AS OF");
    }

    private Map<List<@Nullable String>, Changed> changed(TableVersion old, TableVersion now, KeyColumns keys) {
        Map<String, LoggedFile> files = new LinkedHashMap<>();
        log.files(old, true, file -> files.put(file.path(), file));
        PartitionKeys partitions = new PartitionKeys(now);
        Map<List<@Nullable String>, Changed> changed = new HashMap<>();
        log.files(now, true, file -> {
            LoggedFile same = files.get(file.path());
            if (same != null && Objects.equals(same.deletes(), file.deletes())) {
                files.remove(file.path());
            } else {
                of(changed, partitions, file).after().add(data(file, keys));
            }
        });
        files.values().forEach(file -> of(changed, partitions, file).before().add(data(file, keys)));
        return changed;
    }

    private static Changed of(Map<List<@Nullable String>, Changed> changed, PartitionKeys keys, LoggedFile file) {
        return changed.computeIfAbsent(
                keys.key(file.partition()), absent -> new Changed(new ArrayList<>(), new ArrayList<>()));
    }

    private DataFile data(LoggedFile file, KeyColumns keys) {
        ObjectRef object = folder.file(file.path());
        DeletionVector deletes = file.deletes();
        if (object == null || deletes != null && !log.isInside(deletes)) {
            throw unsupported(file.path() + " or its deletion vector lies outside of the table's folder");
        }
        return DataFile.of(file, object, FileStatisticsMerger.parsed(file.statistics()), keys);
    }

    private static long rows(List<DataFile> files) {
        return files.stream().mapToLong(DataFile::liveRows).sum();
    }

    /** Divides a partition's files by their physical form: files of another form are never merged with these. */
    private List<Changed> alike(Changed partition, TableVersion version) {
        List<DataFile> all = new ArrayList<>(partition.before());
        all.addAll(partition.after());
        LeftTally left = new LeftTally((reason, files) -> "");
        List<Changed> alike = new ArrayList<>();
        for (List<DataFile> files : new FormClasses(TableForm.of(version), looks).divide(all, left)) {
            List<DataFile> before = new ArrayList<>(files);
            before.removeAll(partition.after());
            List<DataFile> after = new ArrayList<>(files);
            after.removeAll(partition.before());
            alike.add(new Changed(before, after));
        }
        left.files().forEach(files -> {
            throw unsupported(files.examples().get(0));
        });
        return alike;
    }

    /** Returns a sentence; empty if there is no difference. */
    private String difference(Changed part, FileOrder order, GroupMerger merger) {
        long before = rows(part.before());
        long after = rows(part.after());
        String place =
                (part.after().isEmpty() ? part.before() : part.after()).get(0).path();
        if (before != after) {
            return place + ": its partition has " + before + " rows before and " + after + " after";
        }
        if (part.before().isEmpty() || part.after().isEmpty()) {
            return ""; // Files without rows.
        }
        List<DataFile> all = new ArrayList<>(part.before());
        all.addAll(part.after());
        TargetShape shape = merger.shape(all);
        Optional<Difference> first = Optional.empty();
        for (List<DataFile> sources : sources(part, order)) {
            Optional<Difference> found = RowComparison.firstDifference(
                    inputs(sources, merger), inputs(part.after(), merger), shape, options);
            if (found.isEmpty()) {
                return "";
            }
            first = first.isEmpty() ? found : first;
        }
        return first.map(difference -> place
                        + ": the rows of its partition differ, or stand in another order than compact writes them: "
                        + difference)
                .orElse("");
    }

    private static List<ShapedInput> inputs(List<DataFile> files, GroupMerger merger) {
        return files.stream().map(merger::input).toList();
    }

    /** The old files as the new ones may have their rows, in each order in which they may have been merged. */
    private Set<List<DataFile>> sources(Changed part, FileOrder order) {
        Set<List<DataFile>> sources = new LinkedHashSet<>();
        for (List<DataFile> old : order.all(part.before())) {
            List<DataFile> arranged = part.after().size() == 1 ? old : packed(part, old);
            if (!arranged.isEmpty()) {
                sources.add(arranged);
            }
        }
        if (sources.isEmpty()) {
            throw unsupported("it cannot be told which of the old files became which of the "
                    + part.after().size() + " new files beside "
                    + part.after().get(0).path());
        }
        return sources;
    }

    /** Packed by the size by which new files of these numbers of rows come out; empty if there is none. */
    private static List<DataFile> packed(Changed part, List<DataFile> old) {
        List<Long> wanted =
                part.after().stream().map(DataFile::liveRows).sorted().toList();
        long sum = 0;
        for (DataFile next : old) {
            sum += next.liveBytes();
            for (long target : new long[] {sum, sum - 1}) {
                List<List<DataFile>> packed = FilePacking.pack(old, target);
                List<Long> rows =
                        packed.stream().map(VersionComparison::rows).sorted().toList();
                if (rows.equals(wanted)) {
                    return arranged(part.after(), packed);
                }
            }
        }
        return List.of();
    }

    private static List<DataFile> arranged(List<DataFile> after, List<List<DataFile>> packed) {
        List<List<DataFile>> rest = new ArrayList<>(packed);
        List<DataFile> arranged = new ArrayList<>();
        for (DataFile file : after) {
            List<DataFile> sources = rest.stream()
                    .filter(output -> rows(output) == file.liveRows())
                    .findFirst()
                    .orElseThrow();
            rest.remove(sources);
            arranged.addAll(sources);
        }
        return arranged;
    }
}
