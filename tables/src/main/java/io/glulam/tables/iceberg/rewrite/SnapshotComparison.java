package io.glulam.tables.iceberg.rewrite;

import io.glulam.CompactionOptions;
import io.glulam.OpenedFooter;
import io.glulam.compare.Difference;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.shape.DeletedRows;
import io.glulam.shape.ShapedInput;
import io.glulam.storage.ObjectRef;
import io.glulam.tables.TableVerification;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.iceberg.plan.DeleteReach;
import io.glulam.tables.iceberg.plan.KeyRange;
import io.glulam.tables.iceberg.plan.TableFile;
import io.glulam.tables.planning.RowComparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
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
    private final Function<String, ObjectRef> objects;
    private final Locations locations;
    private final OutputShape shape;
    private final PositionDeletes deletes;
    private final KeyRange.@Nullable Key key;

    /** @param objects opens a file by its path */
    public SnapshotComparison(
            Table table, CompactionOptions options, Function<String, ObjectRef> objects, Locations locations) {
        this.table = table;
        this.options = options.withSettings(Settings.defaults().withEffort(Effort.COPY));
        this.objects = objects;
        this.locations = locations;
        this.shape = new OutputShape(table);
        this.deletes = new PositionDeletes(objects, options.bufferBytes());
        this.key = KeyRange.Key.of(table.sortOrder(), table.schema());
    }

    /**
     * A file of a snapshot.
     *
     * @param deletes keys of all deletes that apply to it
     * @param hasEqualityDeletes whether equality deletes are among them
     */
    private record Seen(TableFile file, Set<String> deletes, boolean hasEqualityDeletes) {
        static Seen of(FileScanTask task, @Nullable KeyRange range) {
            List<DeleteFile> positions = new ArrayList<>();
            Set<String> keys = new HashSet<>();
            for (DeleteFile delete : task.deletes()) {
                keys.add(DeleteReach.key(delete));
                if (delete.content() != FileContent.EQUALITY_DELETES) {
                    positions.add(delete.copyWithoutStats());
                }
            }
            TableFile file = new TableFile(task.file().copyWithoutStats(), false, positions, range);
            return new Seen(file, keys, positions.size() < task.deletes().size());
        }

        boolean isSame(@Nullable Seen other) {
            return other != null && deletes.equals(other.deletes);
        }
    }

    /** The files of a partition that one of the snapshots has and the other does not. */
    private static final class Changed {
        private final List<TableFile> before = new ArrayList<>();
        private final List<TableFile> after = new ArrayList<>();
    }

    /**
     * Compares.
     *
     * @throws IllegalArgumentException with a sentence for people, if the table has no such snapshot
     * @throws Unsupported if equality deletes apply to a file that only one of the snapshots has
     */
    public TableVerification compare(long before, long after) {
        Map<String, Seen> old = files(before);
        Map<String, Seen> now = files(after);
        PartitionMap<Changed> changed = PartitionMap.create(table.specs());
        old.forEach((location, seen) -> {
            if (!seen.isSame(now.get(location))) {
                of(changed, seen).before.add(seen.file());
            }
        });
        now.forEach((location, seen) -> {
            if (!seen.isSame(old.get(location))) {
                of(changed, seen).after.add(seen.file());
            }
        });
        List<String> differences = new ArrayList<>();
        long rowsBefore = 0;
        long rowsAfter = 0;
        for (Changed partition : changed.values()) {
            TableFile.sort(partition.before, key);
            partition.after.sort(Comparator.comparing(file -> file.file().location()));
            List<ShapedInput> left = inputs(partition.before);
            List<ShapedInput> right = inputs(partition.after);
            rowsBefore += rows(left);
            rowsAfter += rows(right);
            String difference = difference(left, right);
            if (difference != null && differences.size() < MAX_DIFFERENCES) {
                differences.add(difference);
            }
        }
        return new TableVerification(before, after, differences.isEmpty(), rowsBefore, rowsAfter, differences);
    }

    private static Changed of(PartitionMap<Changed> changed, Seen seen) {
        DataFile file = seen.file().file();
        if (seen.hasEqualityDeletes()) {
            throw new Unsupported(
                    Place.of(file.location()),
                    "equality deletes apply to the file, which is not the same in both snapshots",
                    "compare the snapshots by an engine that applies deletes");
        }
        return changed.computeIfAbsent(file.specId(), file.partition(), Changed::new);
    }

    private static long rows(List<ShapedInput> inputs) {
        return inputs.stream()
                .mapToLong(input -> input.rows() - input.deleted().count())
                .sum();
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
                task.deletes().forEach(delete -> locations.require(delete.location()));
                files.put(task.file().location(), Seen.of(task, key == null ? null : key.of(task.file())));
            }
        } catch (IOException e) {
            throw new StorageFailed(Place.of(table.name()), "the manifests cannot be read", null, false, e);
        }
        return files;
    }

    private @Nullable String difference(List<ShapedInput> before, List<ShapedInput> after) {
        String place = (after.isEmpty() ? before : after).get(0).object().name();
        if (rows(before) != rows(after)) {
            return place + ": its partition has " + rows(before) + " rows before and " + rows(after) + " after";
        }
        if (rows(after) == 0) {
            return null;
        }
        Optional<Difference> found =
                RowComparison.firstDifference(before, after, shape.target(variants(after)), options);
        return found.map(difference -> place
                        + ": the rows of its partition differ, or stand in another order than compact writes them: "
                        + difference)
                .orElse(null);
    }

    /** Files of a partition that shred variants in several ways are refused by the merge. */
    private VariantForm variants(List<ShapedInput> files) {
        if (shape.variants().isEmpty()) {
            return VariantForm.NONE;
        }
        try (OpenedFooter footer = OpenedFooter.of(files.get(0).object(), options)) {
            return VariantForm.of(footer.footer(), shape.variants());
        }
    }

    private List<ShapedInput> inputs(List<TableFile> files) {
        List<OutputJob> jobs = files.stream()
                .map(file -> OutputJob.alone(file.file(), file.deletes()))
                .toList();
        Map<String, DeletedRows> deleted =
                deletes.of(jobs.stream().map(job -> job.sources().get(0)).toList());
        return jobs.stream().map(job -> input(job, deleted)).toList();
    }

    private ShapedInput input(OutputJob job, Map<String, DeletedRows> deleted) {
        OutputJob.Source source = job.sources().get(0);
        return shape.input(source, job, objects.apply(source.location()))
                .withDeleted(deleted.getOrDefault(source.location(), DeletedRows.NONE));
    }
}
