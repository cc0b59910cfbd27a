package io.glulam.spark.task;

import io.glulam.CompactionOptions;
import io.glulam.tables.iceberg.rewrite.StatisticsJob;
import java.io.Serial;
import org.apache.iceberg.Table;
import org.apache.spark.broadcast.Broadcast;

/** Merges statistics that manifests of an Iceberg table hold. Writes nothing. */
record StatisticsWork(Broadcast<Table> table) implements ExecutorWork<StatisticsJob, byte[]> {
    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] carryOut(StatisticsJob job, int attempt, CompactionOptions options) {
        return job.carryOut(table.value());
    }

    @Override
    public void remove(StatisticsJob job, int attempt) {
        // There is nothing to remove.
    }
}
