package io.glulam.spark.task;

import io.glulam.spark.files.StoreAccess;
import io.glulam.tables.delta.files.TableForm;
import io.glulam.tables.delta.rewrite.OutputJob;
import io.glulam.tables.delta.rewrite.OutputResult;
import io.glulam.tables.delta.rewrite.OutputRunner;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Has new files of a Delta table written by executors, a task each. */
public final class DeltaRunner implements OutputRunner {
    private final SparkContext context;
    private final TaskSettings settings;
    private final StoreAccess access;
    private final String location;
    private final TableForm form;
    private final String runId;

    /**
     * @param location of the table
     * @param runId part of the names of new files
     */
    public DeltaRunner(
            SparkContext context,
            TaskSettings settings,
            StoreAccess access,
            String location,
            TableForm form,
            String runId) {
        this.context = context;
        this.settings = settings;
        this.access = access;
        this.location = location;
        this.form = form;
        this.runId = runId;
    }

    @Override
    public void run(List<OutputJob> jobs, Sink sink) {
        Broadcast<StoreAccess> shared = new JavaSparkContext(context).broadcast(access);
        try {
            DeltaWork work = new DeltaWork(shared, location, form, runId, TaskMetrics.of(context));
            new ExecutorJobs<>(context, work, OutputJob.class, OutputResult.class, settings, location)
                    .run(jobs, runId, new ExecutorJobs.Sink<>(sink::written, sink::failed));
        } finally {
            shared.destroy();
        }
    }
}
