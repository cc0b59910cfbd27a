package io.glulam.tables.iceberg.rewrite;

import java.util.Locale;
import java.util.Objects;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;

/** The names of a run's new files. Immutable. */
public final class OutputNames {
    /** At the end of all names that Glulam gives. */
    static final String SUFFIX = "-glulam.parquet";

    private final Table table;
    private final String runId;

    /**
     * @param table whose properties say where data files lie
     * @param runId part of each name, of which no other run has the same
     */
    public OutputNames(Table table, String runId) {
        this.table = table;
        this.runId = runId;
    }

    /** Returns where the output of a job lies, the same each time. */
    public String of(OutputJob job) {
        return location(job, String.format(Locale.ROOT, "%05d-%s%s", job.index(), runId, SUFFIX));
    }

    /**
     * Returns where one attempt at a job writes its output.
     *
     * @param attempt number of the attempt, from 0 on
     */
    public String of(OutputJob job, int attempt) {
        return location(job, String.format(Locale.ROOT, "%05d-%d-%s%s", job.index(), attempt, runId, SUFFIX));
    }

    private String location(OutputJob job, String name) {
        PartitionSpec spec = Objects.requireNonNull(table.specs().get(job.specId()));
        StructLike partition = job.partition();
        return spec.isUnpartitioned()
                ? table.locationProvider().newDataLocation(name)
                : table.locationProvider().newDataLocation(spec, partition, name);
    }
}
