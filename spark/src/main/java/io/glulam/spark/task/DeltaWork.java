package io.glulam.spark.task;

import io.glulam.CompactionOptions;
import io.glulam.spark.files.StoreAccess;
import io.glulam.tables.delta.files.TableForm;
import io.glulam.tables.delta.rewrite.OutputJob;
import io.glulam.tables.delta.rewrite.OutputResult;
import io.glulam.tables.delta.rewrite.OutputWriter;
import java.io.Serial;
import org.apache.spark.broadcast.Broadcast;

/** Writes new files of a Delta table. */
final class DeltaWork implements ExecutorWork<OutputJob, OutputResult> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Broadcast<StoreAccess> access;
    private final String location;
    private final TableForm form;
    private final String runId;
    private final TaskMetrics metrics;

    DeltaWork(Broadcast<StoreAccess> access, String location, TableForm form, String runId, TaskMetrics metrics) {
        this.access = access;
        this.location = location;
        this.form = form;
        this.runId = runId;
        this.metrics = metrics;
    }

    private OutputWriter writer(CompactionOptions options) {
        return new OutputWriter(location, () -> access.value().stores(location), form, options);
    }

    @Override
    public OutputResult carryOut(OutputJob job, int attempt, CompactionOptions options) {
        OutputResult result = writer(options).write(job, job.path(runId, attempt));
        OutputResult.NewFile file = result.file();
        if (file != null) {
            metrics.add(result.merged().size(), file.made());
        }
        return result;
    }

    @Override
    public void remove(OutputJob job, int attempt) {
        writer(CompactionOptions.defaults()).remove(job.path(runId, attempt));
    }
}
