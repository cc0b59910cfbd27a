package io.glulam.spark;

import io.glulam.CompactionOptions;
import io.glulam.spark.files.StoreAccess;
import io.glulam.spark.task.DeltaRunner;
import io.glulam.spark.task.TaskSettings;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.delta.DeltaRewrite;
import io.glulam.tables.delta.DeltaTables;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Merges small data files of a Delta table: the driver plans and commits, executors move bytes, one task for each new file. Takes
 * the options of {@code glulam compact delta:}. Used once; not thread-safe.
 */
public final class GlulamOptimize {
    private final SparkSession spark;
    private final String path;
    private final Map<String, String> options = new HashMap<>();
    private @Nullable String where;
    private String effort = "balanced";
    private boolean appliesDeletes;

    GlulamOptimize(SparkSession spark, String path) {
        this.spark = spark;
        this.path = path;
    }

    /** Selects partitions by a condition in SQL. */
    public GlulamOptimize where(@Nullable String condition) {
        where = condition;
        return this;
    }

    /** Says how far to go: {@code copy}, {@code balanced} or {@code smallest}. */
    public GlulamOptimize effort(String name) {
        effort = name;
        return this;
    }

    /** Says whether files with deletion vectors are merged, too, without the rows that are deleted; else they are left. */
    public GlulamOptimize applyDeletes(boolean apply) {
        appliesDeletes = apply;
        return this;
    }

    public GlulamOptimize option(String name, String value) {
        options.put(name, value);
        return this;
    }

    public GlulamOptimize options(Map<String, String> more) {
        options.putAll(more);
        return this;
    }

    /** Shows what {@link #execute} would do; writes nothing. */
    public TablePlan plan() {
        return run().rewrite().plan();
    }

    /**
     * Runs on the table's newest version.
     *
     * @throws IllegalArgumentException with a sentence for people, if an option cannot be meant
     * @throws io.glulam.error.GlulamException if it refuses or fails; without partial progress nothing was committed then
     * @throws io.glulam.tables.CommitStateUnknown if the table may hold the new files or not
     */
    public TableReport execute() {
        Run run = run();
        DeltaRewrite rewrite = run.rewrite();
        rewrite.plan();
        DeltaRunner runner = new DeltaRunner(
                spark.sparkContext(), run.settings(), run.access(), run.location(), rewrite.form(), rewrite.runId());
        // What Spark has cached stays true: the rows are the same, and no file is deleted.
        return rewrite.run(runner, TableListener.NONE);
    }

    private record Run(TaskSettings settings, StoreAccess access, String location, DeltaRewrite rewrite) {}

    private Run run() {
        SparkContext context = spark.sparkContext();
        TaskSettings settings = TaskSettings.of(context, effort);
        String location = StoreAccess.normal(path, settings.pathsAreLocal());
        StoreAccess access = StoreAccess.of(context.hadoopConfiguration(), location);
        CompactionOptions compaction = settings.compaction();
        TableRequest request =
                TableRequest.defaults().withOptions(options).withWhere(where).withApplyDeletes(appliesDeletes);
        DeltaRewrite rewrite = DeltaTables.rewrite(
                new TableAddress.Delta(location), () -> access.stores(location), compaction, request);
        return new Run(settings, access, location, rewrite);
    }
}
