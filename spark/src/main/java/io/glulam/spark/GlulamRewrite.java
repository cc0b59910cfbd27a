package io.glulam.spark;

import io.glulam.spark.files.TableObjects;
import io.glulam.spark.task.IcebergRunner;
import io.glulam.spark.task.TaskSettings;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.iceberg.TableRewrite;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.iceberg.plan.PartitionFilter;
import io.glulam.tables.iceberg.plan.RewritePlan;
import io.glulam.tables.iceberg.rewrite.RewriteResult;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Merges small data files of an Iceberg table: the driver plans and commits, executors move bytes, one task for each new file.
 * Takes the options of Iceberg's {@code rewrite_data_files} that do not ask for rows to be sorted or deletes to be applied. Used
 * once; not thread-safe.
 */
public final class GlulamRewrite implements RewriteDataFiles {
    /** Snapshot properties that Spark's Iceberg sets itself. */
    private static final Set<String> TAKEN = Set.of("engine-name", "engine-version");

    private final SparkSession spark;
    private final Table table;
    private final Map<String, String> options = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private Expression filter = Expressions.alwaysTrue();
    private @Nullable String where;
    private @Nullable String branch;
    private String effort = "balanced";

    GlulamRewrite(SparkSession spark, Table table) {
        this.spark = spark;
        this.table = table;
    }

    @Override
    public GlulamRewrite filter(Expression expression) {
        filter = Expressions.and(filter, expression);
        return this;
    }

    /** Selects partitions by a condition in SQL, as {@code CALL} takes it. */
    public GlulamRewrite where(@Nullable String condition) {
        where = condition;
        return this;
    }

    /** Reads a branch and commits to it; null for the main branch. */
    public GlulamRewrite toBranch(@Nullable String name) {
        branch = "main".equals(name) ? null : name;
        return this;
    }

    /** Says how far to go: {@code copy}, {@code balanced} or {@code smallest}. */
    public GlulamRewrite effort(String name) {
        effort = name;
        return this;
    }

    @Override
    public GlulamRewrite option(String name, String value) {
        options.put(name, value);
        return this;
    }

    @Override
    public GlulamRewrite options(Map<String, String> more) {
        options.putAll(more);
        return this;
    }

    /** @throws IllegalArgumentException if Iceberg sets the property itself */
    @Override
    public GlulamRewrite snapshotProperty(String property, String value) {
        if (TAKEN.contains(property)) {
            throw new IllegalArgumentException("Iceberg sets the snapshot property " + property + " itself");
        }
        properties.put(property, value);
        return this;
    }

    @Override
    public GlulamRewrite binPack() {
        return this;
    }

    @Override
    public GlulamRewrite sort() {
        throw unsorted();
    }

    @Override
    public GlulamRewrite sort(SortOrder order) {
        throw unsorted();
    }

    @Override
    public GlulamRewrite zOrder(String... columns) {
        throw unsorted();
    }

    private static UnsupportedOperationException unsorted() {
        return new UnsupportedOperationException(
                "Glulam moves bytes and does not sort rows: use Iceberg's SparkActions to sort");
    }

    /** Shows what {@link #execute} would do; writes nothing. */
    public TablePlan plan() {
        return planned(rewrite(objects(settings()))).summary();
    }

    /**
     * Runs. The table's present state is read first.
     *
     * @throws IllegalArgumentException with a sentence for people, if an option cannot be meant
     * @throws io.glulam.error.GlulamException if it refuses or fails; without partial progress nothing was committed then
     * @throws io.glulam.tables.CommitStateUnknown if the table may hold the new files or not
     */
    @Override
    public GlulamResult execute() {
        SparkContext context = spark.sparkContext();
        TaskSettings settings = settings();
        int concurrent = concurrentGroups(context);
        TableObjects objects = objects(settings);
        TableRewrite rewrite = rewrite(objects);
        RewritePlan plan = planned(rewrite);
        IcebergRunner runner = new IcebergRunner(context, table, settings, objects, rewrite.runId(), concurrent);
        RewriteResult result = rewrite.run(plan, runner, properties, TableListener.NONE);
        return new GlulamResult(result);
    }

    /** The result of a run, for Iceberg's callers and for Glulam's. */
    public static final class GlulamResult implements Result {
        private final RewriteResult result;

        GlulamResult(RewriteResult result) {
            this.result = result;
        }

        /** Returns the whole report. */
        public TableReport report() {
            return result.report();
        }

        @Override
        public List<FileGroupRewriteResult> rewriteResults() {
            return result.groups().stream()
                    .filter(group -> group.added() > 0)
                    .<FileGroupRewriteResult>map(GroupRewrite::new)
                    .toList();
        }

        @Override
        public List<FileGroupFailureResult> rewriteFailures() {
            return result.groups().stream()
                    .filter(group -> group.failed() > 0)
                    .<FileGroupFailureResult>map(GroupFailure::new)
                    .toList();
        }
    }

    private TaskSettings settings() {
        return TaskSettings.of(spark.sparkContext(), effort);
    }

    private TableObjects objects(TaskSettings settings) {
        return new TableObjects(table.io(), settings.pathsAreLocal());
    }

    private TableRewrite rewrite(TableObjects objects) {
        table.refresh();
        TableRequest request = TableRequest.defaults().withOptions(options).withBranch(branch);
        return new TableRewrite(
                table, address(table.name()), Locations.ANY, objects, settings().compaction(), request);
    }

    private RewritePlan planned(TableRewrite rewrite) {
        return rewrite.plan(Expressions.and(filter, PartitionFilter.parse(where, table.schema())), List.of());
    }

    /**
     * As many groups as the cluster has cores unless told, since a task of ours keeps one core busy; Iceberg's 5 at
     * least.
     */
    private int concurrentGroups(SparkContext context) {
        String text = options.get(MAX_CONCURRENT_FILE_GROUP_REWRITES);
        if (text == null) {
            return Math.max(MAX_CONCURRENT_FILE_GROUP_REWRITES_DEFAULT, context.defaultParallelism());
        }
        try {
            int number = Integer.parseInt(text.trim());
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    MAX_CONCURRENT_FILE_GROUP_REWRITES + " is a whole number, not '" + text + "'", e);
        }
        throw new IllegalArgumentException(MAX_CONCURRENT_FILE_GROUP_REWRITES + " is at least 1, not " + text);
    }

    /** Returns the name of a table of a catalog; those of other tables are paths. */
    private static TableAddress address(String name) {
        List<String> parts = Arrays.asList(name.split("\\.", -1));
        int last = parts.size() - 1;
        return last < 2 || name.indexOf('/') >= 0
                ? new TableAddress.Iceberg("spark", List.of("path"), name)
                : new TableAddress.Iceberg(parts.get(0), parts.subList(1, last), parts.get(last));
    }
}
