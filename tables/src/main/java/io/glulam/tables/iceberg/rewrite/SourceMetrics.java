package io.glulam.tables.iceberg.rewrite;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.tables.iceberg.plan.PlannedOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** Reads the statistics of all sources in one scan of the manifests, and holds them merged only. */
final class SourceMetrics {
    private SourceMetrics() {}

    /**
     * Returns the metrics of each output, in order.
     *
     * @param snapshotId the snapshot that was planned from
     */
    static List<MergedMetrics> of(Table table, long snapshotId, List<PlannedOutput> outputs) {
        MetricsConfig config = MetricsConfig.forTable(table);
        List<MergedMetrics> all = new ArrayList<>();
        Map<String, MergedMetrics> wanted = new HashMap<>();
        for (PlannedOutput output : outputs) {
            MergedMetrics metrics = new MergedMetrics(table.schema(), config);
            all.add(metrics);
            for (DataFile file : output.files()) {
                wanted.put(file.location(), metrics);
            }
        }
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(snapshotId).includeColumnStats().planFiles()) {
            for (FileScanTask task : tasks) {
                MergedMetrics metrics = wanted.get(task.file().location());
                if (metrics != null) {
                    metrics.add(task.file());
                }
            }
        } catch (IOException e) {
            throw new StorageFailed(Place.of(table.name()), "the manifests cannot be read", null, false, e);
        }
        return all;
    }
}
