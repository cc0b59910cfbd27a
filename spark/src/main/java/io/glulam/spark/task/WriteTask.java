package io.glulam.spark.task;

import io.glulam.CompactionOptions;
import io.glulam.error.GlulamException;
import io.glulam.error.StorageFailed;
import io.glulam.spark.files.TableObjects;
import io.glulam.tables.iceberg.TableRewrite;
import io.glulam.tables.iceberg.rewrite.OutputJob;
import io.glulam.tables.iceberg.rewrite.OutputNames;
import io.glulam.tables.iceberg.rewrite.OutputResult;
import io.glulam.tables.iceberg.rewrite.OutputResult.NewFile;
import io.glulam.tables.iceberg.rewrite.OutputWriter;
import java.io.Serial;
import org.apache.iceberg.Table;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskFailureListener;

/** Writes an output on an executor. A task that fails removes its own file. */
final class WriteTask implements Function<byte[], byte[]> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Broadcast<Table> table;
    private final TaskSettings settings;
    private final TaskMetrics metrics;
    private final String runId;

    /**
     * @param table with schema, specs, properties and files
     * @param runId part of the names of new files
     */
    WriteTask(Broadcast<Table> table, TaskSettings settings, TaskMetrics metrics, String runId) {
        this.table = table;
        this.settings = settings;
        this.metrics = metrics;
        this.runId = runId;
    }

    @Override
    public byte[] call(byte[] encoded) {
        TaskContext context = TaskContext.get();
        OutputJob job = Wire.read(encoded, OutputJob.class);
        TableObjects objects = new TableObjects(table.value().io(), settings.pathsAreLocal());
        String location = new OutputNames(table.value(), runId).of(job, context.attemptNumber());
        TaskFailureListener removal = (failed, failure) -> objects.delete(location);
        context.addTaskFailureListener(removal);
        CompactionOptions options = TableRewrite.compaction(table.value(), settings.onExecutor())
                .withPublishing(new PublishPermit(context));
        try {
            OutputResult result = new OutputWriter(table.value(), options, objects).write(job, location);
            NewFile file = result.file();
            if (file != null) {
                metrics.add(job.sources().size() - result.refused().size(), file);
            }
            return Wire.bytes(new TaskReply(job.index(), context.attemptNumber(), result, ""));
        } catch (GlulamException failure) {
            boolean mayHelp = failure instanceof StorageFailed && context.attemptNumber() + 1 < settings.maxAttempts();
            if (mayHelp || context.isInterrupted()) {
                throw failure; // Spark tries again.
            }
            objects.delete(location);
            return Wire.bytes(
                    new TaskReply(job.index(), context.attemptNumber(), null, String.valueOf(failure.getMessage())));
        }
    }
}
