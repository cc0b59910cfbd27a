package io.glulam.spark.task;

import io.glulam.error.GlulamException;
import io.glulam.spark.files.TableObjects;
import io.glulam.tables.iceberg.rewrite.OutputJob;
import io.glulam.tables.iceberg.rewrite.OutputResult;
import io.glulam.tables.iceberg.rewrite.OutputRunner;
import io.glulam.tables.iceberg.rewrite.StatisticsJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Has new files of an Iceberg table written by executors: a job of Spark's for each group, several at once, a task for each new
 * file. Executors also merge the statistics of sources, manifest by manifest.
 */
public final class IcebergRunner implements OutputRunner {
    private final JavaSparkContext context;
    private final Table table;
    private final TaskSettings settings;
    private final TableObjects objects;
    private final String runId;
    private final int concurrentGroups;

    /**
     * @param runId part of the names of new files
     * @param concurrentGroups groups that are written at once, at most
     */
    public IcebergRunner(
            SparkContext context,
            Table table,
            TaskSettings settings,
            TableObjects objects,
            String runId,
            int concurrentGroups) {
        this.context = new JavaSparkContext(context);
        this.table = table;
        this.settings = settings;
        this.objects = objects;
        this.runId = runId;
        this.concurrentGroups = concurrentGroups;
    }

    @Override
    public void run(List<OutputJob> jobs, Sink sink) {
        Map<Integer, List<OutputJob>> groups = new LinkedHashMap<>();
        jobs.forEach(job ->
                groups.computeIfAbsent(job.group(), any -> new ArrayList<>()).add(job));
        List<ExecutorJobs.Batch<OutputJob>> batches = new ArrayList<>();
        groups.values().forEach(group -> batches.add(batch(group, batches.size() + 1, groups.size())));
        withTable(shared -> {
            TaskMetrics metrics = TaskMetrics.of(context.sc());
            IcebergWork work = new IcebergWork(shared, objects, settings.pathsAreLocal(), runId, metrics);
            new ExecutorJobs<>(context.sc(), work, OutputJob.class, OutputResult.class, settings, table.name())
                    .run(batches, concurrentGroups, runId, new ExecutorJobs.Sink<>(sink::written, sink::failed));
        });
    }

    private ExecutorJobs.Batch<OutputJob> batch(List<OutputJob> group, int number, int groups) {
        int files = group.stream().mapToInt(job -> job.sources().size()).sum();
        String description = "glulam " + table.name() + ": group " + number + " of " + groups + ", " + files
                + " files to " + group.size();
        return new ExecutorJobs.Batch<>(group, description);
    }

    /** The driver reads the statistics of a few thousand sources sooner than Spark begins a job. */
    @Override
    public List<byte[]> statistics(Table of, List<StatisticsJob> jobs) {
        if (jobs.size() < 2) {
            return OutputRunner.super.statistics(of, jobs);
        }
        List<byte[]> answers = new ArrayList<>();
        int manifests = jobs.stream().mapToInt(job -> job.parts().size()).sum();
        String description = "glulam " + table.name() + ": statistics of files in " + manifests + " manifests";
        withTable(shared -> new ExecutorJobs<>(
                        context.sc(),
                        new StatisticsWork(shared),
                        StatisticsJob.class,
                        byte[].class,
                        settings,
                        table.name())
                .run(
                        List.of(new ExecutorJobs.Batch<>(jobs, description)),
                        1,
                        runId,
                        new ExecutorJobs.Sink<>((job, answer) -> answers.add(answer), IcebergRunner::failed)));
        return answers;
    }

    private static void failed(StatisticsJob job, GlulamException failure) {
        throw failure;
    }

    private void withTable(Consumer<Broadcast<Table>> action) {
        Broadcast<Table> shared = context.broadcast(SerializableTableWithSize.copyOf(table));
        try {
            action.accept(shared);
        } finally {
            shared.destroy();
        }
    }
}
