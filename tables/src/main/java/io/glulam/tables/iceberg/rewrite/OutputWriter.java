package io.glulam.tables.iceberg.rewrite;

import io.glulam.CompactionOptions;
import io.glulam.ShapedMerge;
import io.glulam.ShapedMerger;
import io.glulam.ShapedReport;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.error.VerificationFailed;
import io.glulam.shape.ShapedInput;
import io.glulam.storage.StoredObject;
import io.glulam.tables.LeftReason;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.iceberg.plan.PlannedOutput;
import io.glulam.tables.planning.LeftTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Writes outputs by core's merge. A source that core refuses is left, and the others are merged without it. Not
 * thread-safe.
 */
final class OutputWriter {
    /** Sources of one output that may be refused; each refusal reads footers again. */
    private static final int MAX_REFUSED = 20;

    private final Table table;
    private final long snapshotId;
    private final OutputShape shape;
    private final CompactionOptions options;
    private final Function<String, StoredObject> objects;
    private final Locations locations;
    private final LeftTally left;
    private final String runId;
    private int named;

    /**
     * @param objects opens a file by its path
     * @param left hears of the files that cannot be merged
     * @param runId part of the names of new files
     */
    OutputWriter(
            Table table,
            long snapshotId,
            CompactionOptions options,
            Function<String, StoredObject> objects,
            Locations locations,
            LeftTally left,
            String runId) {
        this.table = table;
        this.snapshotId = snapshotId;
        this.shape = new OutputShape(table);
        this.options = options;
        this.objects = objects;
        this.locations = locations;
        this.left = left;
        this.runId = runId;
    }

    /**
     * Writes an output.
     *
     * @param metrics of its sources
     * @return null if too few sources can be merged
     * @throws GlulamException if a store fails, or what was written is not what was read
     */
    @Nullable
    WrittenOutput write(PlannedOutput planned, MergedMetrics metrics) {
        return write(planned, metrics, location(planned, named++, runId));
    }

    /**
     * As {@link #write(PlannedOutput, MergedMetrics)}, at a given place.
     *
     * @param location where the output will lie, as the manifest has it
     */
    @Nullable
    WrittenOutput write(PlannedOutput planned, MergedMetrics metrics, String location) {
        PlannedOutput output = planned;
        MergedMetrics merged = metrics;
        boolean required = true;
        for (int refused = 0; ; ) {
            StoredObject target = target(location);
            try {
                ShapedReport report = new ShapedMerger(options)
                        .write(new ShapedMerge(inputs(output), shape.target(required), target));
                return written(output, merged, location, target, report);
            } catch (VerificationFailed failure) {
                throw failure;
            } catch (Unsupported | CorruptFile failure) {
                if (required) {
                    required = false; // Files may have nulls where the schema requires values: readers go by the file.
                    continue;
                }
                PlannedOutput smaller = ++refused > MAX_REFUSED ? leaveAll(output, failure) : without(output, failure);
                if (smaller == null) {
                    return null;
                }
                output = smaller;
                merged = SourceMetrics.of(table, snapshotId, List.of(output)).get(0);
            }
        }
    }

    /** Takes out the source that a failure names; null if too few stay, which are counted as left. */
    private @Nullable PlannedOutput without(PlannedOutput output, GlulamException failure) {
        String name = failure.place().object();
        List<DataFile> others = new ArrayList<>();
        for (DataFile file : output.files()) {
            if (objects.apply(file.location()).name().equals(name)) {
                left.add(LeftReason.REFUSED, file.fileSizeInBytes(), String.valueOf(failure.getMessage()));
            } else {
                others.add(file);
            }
        }
        if (others.size() == output.files().size()) {
            return leaveAll(output, failure);
        }
        if (others.size() < 2) {
            others.forEach(file -> left.add(LeftReason.ALONE, file.fileSizeInBytes(), file.location()));
            return null;
        }
        return new PlannedOutput(
                output.specId(), output.partition(), output.partitionName(), output.group(), others, 0);
    }

    /** Counts all sources as refused. */
    private @Nullable PlannedOutput leaveAll(PlannedOutput output, GlulamException failure) {
        for (DataFile file : output.files()) {
            left.add(LeftReason.REFUSED, file.fileSizeInBytes(), file.location() + ": " + failure.getMessage());
        }
        return null;
    }

    private List<ShapedInput> inputs(PlannedOutput output) {
        return output.files().stream()
                .map(file -> shape.input(file, objects.apply(file.location())))
                .toList();
    }

    /** Returns a place in the partition's folder. */
    String location(PlannedOutput output, int number, String run) {
        String name = String.format(java.util.Locale.ROOT, "%05d-%s-glulam.parquet", number, run);
        PartitionSpec spec = Objects.requireNonNull(table.specs().get(output.specId()));
        return spec.isUnpartitioned()
                ? table.locationProvider().newDataLocation(name)
                : table.locationProvider().newDataLocation(spec, output.partition(), name);
    }

    private StoredObject target(String location) {
        locations.require(location);
        StoredObject object = objects.apply(location);
        object.store().makeFolder(object.key());
        return object;
    }

    private WrittenOutput written(
            PlannedOutput output, MergedMetrics metrics, String location, StoredObject target, ShapedReport report) {
        PartitionSpec spec = Objects.requireNonNull(table.specs().get(output.specId()));
        DataFiles.Builder builder = DataFiles.builder(spec)
                .withPath(location)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(report.bytes())
                .withRecordCount(report.rows())
                .withMetrics(metrics.merged(report.rows(), report.columns()))
                .withSplitOffsets(report.rowGroupStarts());
        if (!spec.isUnpartitioned()) {
            builder.withPartition(output.partition());
        }
        if (output.sortOrderId() != 0) {
            builder.withSortOrder(table.sortOrders().get(output.sortOrderId()));
        }
        return new WrittenOutput(output, builder.build(), target, report);
    }
}
