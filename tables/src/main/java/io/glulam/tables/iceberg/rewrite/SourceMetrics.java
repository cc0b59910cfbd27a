package io.glulam.tables.iceberg.rewrite;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.tables.iceberg.plan.PlannedOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.Tasks;
import org.apache.iceberg.util.ThreadPools;

/** Reads the statistics of all sources from the manifests once, and holds them merged only. */
final class SourceMetrics {
    private SourceMetrics() {}

    /** As {@link #of(Table, long, List, Function)}, in this process. */
    static List<MergedMetrics> of(Table table, long snapshotId, List<PlannedOutput> outputs) {
        return of(table, snapshotId, outputs, jobs -> read(table, jobs));
    }

    /**
     * Returns the metrics of each output, in order.
     *
     * @param snapshotId the snapshot that was planned from
     * @param reading has jobs carried out, and returns the answer to each, in any order
     */
    static List<MergedMetrics> of(
            Table table,
            long snapshotId,
            List<PlannedOutput> outputs,
            Function<List<StatisticsJob>, List<byte[]>> reading) {
        MetricsConfig config = MetricsConfig.forTable(table);
        List<MergedMetrics> all = new ArrayList<>();
        outputs.forEach(any -> all.add(new MergedMetrics(table.schema(), config)));
        List<StatisticsJob> jobs = StatisticsJob.of(table, snapshotId, outputs);
        if (jobs == null) {
            scan(table, snapshotId, outputs, all);
        } else {
            reading.apply(jobs).forEach(answer -> StatisticsJob.add(answer, all));
        }
        return all;
    }

    /** Carries jobs out by the threads that read manifests in this process. */
    static List<byte[]> read(Table table, List<StatisticsJob> jobs) {
        byte[][] answers = new byte[jobs.size()][];
        Tasks.range(answers.length)
                .executeWith(ThreadPools.getWorkerPool())
                .stopOnFailure()
                .throwFailureWhenFinished()
                .run(job -> answers[job] = jobs.get(job).carryOut(table));
        return List.of(answers);
    }

    private static void scan(Table table, long snapshotId, List<PlannedOutput> outputs, List<MergedMetrics> all) {
        Map<String, MergedMetrics> wanted = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            for (DataFile file : outputs.get(i).files()) {
                wanted.put(file.location(), all.get(i));
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
    }
}
