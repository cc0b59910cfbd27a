package io.glulam.spark.task;

import io.glulam.CompactionOptions;
import io.glulam.spark.files.TableObjects;
import io.glulam.tables.iceberg.TableRewrite;
import io.glulam.tables.iceberg.rewrite.OutputJob;
import io.glulam.tables.iceberg.rewrite.OutputNames;
import io.glulam.tables.iceberg.rewrite.OutputResult;
import io.glulam.tables.iceberg.rewrite.OutputResult.NewFile;
import io.glulam.tables.iceberg.rewrite.OutputWriter;
import java.io.Serial;
import org.apache.iceberg.Table;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** Writes new files of an Iceberg table. */
final class IcebergWork implements ExecutorWork<OutputJob, OutputResult> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Broadcast<Table> table;
    private final boolean pathsAreLocal;
    private final String runId;
    private final TaskMetrics metrics;
    private transient @Nullable TableObjects objects;

    /**
     * @param table with schema, specs, properties and files
     * @param objects the table's files, as the driver opens them
     */
    IcebergWork(
            Broadcast<Table> table, TableObjects objects, boolean pathsAreLocal, String runId, TaskMetrics metrics) {
        this.table = table;
        this.objects = objects;
        this.pathsAreLocal = pathsAreLocal;
        this.runId = runId;
        this.metrics = metrics;
    }

    private TableObjects objects() {
        TableObjects known = objects;
        if (known == null) {
            known = new TableObjects(table.value().io(), pathsAreLocal);
            objects = known;
        }
        return known;
    }

    private String location(OutputJob job, int attempt) {
        return new OutputNames(table.value(), runId).of(job, attempt);
    }

    @Override
    public OutputResult carryOut(OutputJob job, int attempt, CompactionOptions options) {
        CompactionOptions compaction = TableRewrite.compaction(table.value(), options);
        OutputResult result = new OutputWriter(table.value(), compaction, objects()).write(job, location(job, attempt));
        NewFile file = result.file();
        if (file != null) {
            metrics.add(job.sources().size() - result.refused().size(), file.made());
        }
        return result;
    }

    @Override
    public void remove(OutputJob job, int attempt) {
        objects().delete(location(job, attempt));
    }
}
