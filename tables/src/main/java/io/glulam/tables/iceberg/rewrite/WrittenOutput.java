package io.glulam.tables.iceberg.rewrite;

import io.glulam.tables.iceberg.plan.PlannedOutput;
import io.glulam.tables.iceberg.rewrite.OutputResult.NewFile;
import io.glulam.tables.iceberg.rewrite.OutputResult.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * A new file that is written and not committed yet.
 *
 * @param planned its sources
 * @param entry its entry for the manifest
 * @param file how it came about
 */
record WrittenOutput(PlannedOutput planned, DataFile entry, NewFile file) {
    /**
     * Makes the entry of a new file.
     *
     * @param snapshotId the snapshot that was planned from
     * @param metrics of the sources
     * @return null if there is no new file
     */
    static @Nullable WrittenOutput of(
            Table table, long snapshotId, PlannedOutput planned, MergedMetrics metrics, OutputResult result) {
        NewFile file = result.file();
        if (file == null) {
            return null;
        }
        if (result.refused().isEmpty()) {
            return of(table, planned, metrics, file);
        }
        PlannedOutput merged = without(planned, result.refused());
        return of(
                table,
                merged,
                SourceMetrics.of(table, snapshotId, List.of(merged)).get(0),
                file);
    }

    private static PlannedOutput without(PlannedOutput output, List<Refused> refused) {
        Set<Integer> positions = new HashSet<>();
        refused.forEach(one -> positions.add(one.source()));
        List<DataFile> others = new ArrayList<>();
        for (int i = 0; i < output.files().size(); i++) {
            if (!positions.contains(i)) {
                others.add(output.files().get(i));
            }
        }
        return new PlannedOutput(
                output.specId(),
                output.partition(),
                output.partitionName(),
                output.group(),
                others,
                output.deletes(),
                0);
    }

    private static WrittenOutput of(Table table, PlannedOutput output, MergedMetrics metrics, NewFile file) {
        PartitionSpec spec = Objects.requireNonNull(table.specs().get(output.specId()));
        DataFiles.Builder builder = DataFiles.builder(spec)
                .withPath(file.location())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(file.bytes())
                .withRecordCount(file.rows())
                .withMetrics(metrics.merged(
                        file.rows(),
                        file.columns().stream().map(OutputResult.Column::facts).toList(),
                        file.deletes().rows() > 0))
                .withSplitOffsets(file.rowGroupStarts());
        if (!spec.isUnpartitioned()) {
            builder.withPartition(output.partition());
        }
        if (output.sortOrderId() != 0) {
            builder.withSortOrder(table.sortOrders().get(output.sortOrderId()));
        }
        return new WrittenOutput(output, builder.build(), file);
    }

    Replacement replacement() {
        return new Replacement(planned.files(), planned.deletesOf(planned.files()), entry);
    }
}
