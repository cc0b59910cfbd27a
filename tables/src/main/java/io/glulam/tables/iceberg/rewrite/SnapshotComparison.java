package io.glulam.tables.iceberg.rewrite;

import io.glulam.CompactionOptions;
import io.glulam.compare.Difference;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.shape.ShapedInput;
import io.glulam.storage.StoredObject;
import io.glulam.tables.TableVerification;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.iceberg.plan.KeyRange;
import io.glulam.tables.iceberg.plan.TableFile;
import io.glulam.tables.planning.RowComparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.PartitionMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares two snapshots between which a compaction came: the rows of the files that only one of them has, partition by
 * partition and value by value, row lineage included. Both sides are merged into files of the current schema in the folder
 * for temporary files. Used once.
 */
public final class SnapshotComparison {
    private static final int MAX_DIFFERENCES = 10;

    private final Table table;
    private final CompactionOptions options;
    private final Function<String, StoredObject> objects;
    private final Locations locations;
    private final OutputShape shape;
    private final KeyRange.@Nullable Key key;

    /** @param objects opens a file by its path */
    public SnapshotComparison(
            Table table, CompactionOptions options, Function<String, StoredObject> objects, Locations locations) {
        this.table = table;
        this.options = options.withSettings(Settings.defaults().withEffort(Effort.COPY));
        this.objects = objects;
        this.locations = locations;
        this.shape = new OutputShape(table);
        this.key = KeyRange.Key.of(table.sortOrder(), table.schema());
    }

    /** A file of a snapshot. */
    private record Seen(TableFile file, boolean hasDeletes) {}

    /** The files of a partition that one of the snapshots has and the other does not. */
    private static final class Changed {
        private final List<TableFile> before = new ArrayList<>();
        private final List<TableFile> after = new ArrayList<>();
    }

    /**
     * Compares.
     *
     * @throws IllegalArgumentException with a sentence for people, if the table has no such snapshot
     * @throws Unsupported if deletes apply to a file that only one of the snapshots has
     */
    public TableVerification compare(long before, long after) {
        Map<String, Seen> old = files(before);
        Map<String, Seen> now = files(after);
        PartitionMap<Changed> changed = PartitionMap.create(table.specs());
        old.forEach((location, seen) -> {
            if (!now.containsKey(location)) {
                of(changed, seen).before.add(seen.file());
            }
        });
        now.forEach((location, seen) -> {
            if (!old.containsKey(location)) {
                of(changed, seen).after.add(seen.file());
            }
        });
        List<String> differences = new ArrayList<>();
        long rowsBefore = 0;
        long rowsAfter = 0;
        for (Changed partition : changed.values()) {
            TableFile.sort(partition.before, key);
            partition.after.sort(Comparator.comparing(file -> file.file().location()));
            rowsBefore += rows(partition.before);
            rowsAfter += rows(partition.after);
            String difference = difference(partition);
            if (difference != null && differences.size() < MAX_DIFFERENCES) {
                differences.add(difference);
            }
        }
        return new TableVerification(before, after, differences.isEmpty(), rowsBefore, rowsAfter, differences);
    }

    private static Changed of(PartitionMap<Changed> changed, Seen seen) {
        DataFile file = seen.file().file();
        if (seen.hasDeletes()) {
            throw new Unsupported(
                    Place.of(file.location()),
                    "deletes apply to the file, which only one of the snapshots has",
                    "compare the snapshots by an engine that applies deletes");
        }
        return changed.computeIfAbsent(file.specId(), file.partition(), Changed::new);
    }

    private static long rows(List<TableFile> files) {
        return files.stream().mapToLong(file -> file.file().recordCount()).sum();
    }

    private Map<String, Seen> files(long snapshot) {
        if (table.snapshot(snapshot) == null) {
            throw new IllegalArgumentException("the table has no snapshot " + snapshot);
        }
        Map<String, Seen> files = new HashMap<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .useSnapshot(snapshot)
                .includeColumnStats(key == null ? List.of() : List.of(key.name()))
                .planFiles()) {
            for (FileScanTask task : tasks) {
                locations.require(task.file().location());
                KeyRange range = key == null ? null : key.of(task.file());
                files.put(
                        task.file().location(),
                        new Seen(
                                new TableFile(task.file().copyWithoutStats(), false, List.of(), range),
                                !task.deletes().isEmpty()));
            }
        } catch (IOException e) {
            throw new StorageFailed(Place.of(table.name()), "the manifests cannot be read", null, false, e);
        }
        return files;
    }

    private @Nullable String difference(Changed partition) {
        if (partition.before.isEmpty() || partition.after.isEmpty()) {
            List<TableFile> side = partition.before.isEmpty() ? partition.after : partition.before;
            return rows(side) == 0
                    ? null
                    : side.get(0).file().location() + ": rows of its partition are in one of the snapshots only";
        }
        if (rows(partition.before) != rows(partition.after)) {
            return partition.after.get(0).file().location() + ": its partition has " + rows(partition.before)
                    + " rows before and " + rows(partition.after) + " after";
        }
        Optional<Difference> found = RowComparison.firstDifference(
                inputs(partition.before), inputs(partition.after), shape.target(false), options);
        return found.map(difference -> partition.after.get(0).file().location()
                        + ": the rows of its partition differ, or stand in another order than compact writes them: "
                        + difference)
                .orElse(null);
    }

    private List<ShapedInput> inputs(List<TableFile> files) {
        return files.stream().map(file -> input(file.file())).toList();
    }

    private ShapedInput input(DataFile file) {
        OutputJob job = OutputJob.alone(file);
        return shape.input(job.sources().get(0), job, objects.apply(file.location()));
    }
}
