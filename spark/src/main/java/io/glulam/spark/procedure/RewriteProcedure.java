package io.glulam.spark.procedure;

import io.glulam.spark.GlulamActions;
import io.glulam.spark.GlulamRewrite;
import io.glulam.tables.LeftFiles;
import io.glulam.tables.PartitionState;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** {@code rewrite_data_files}: merges small files of a table. The first five columns are those of Iceberg's. */
public final class RewriteProcedure extends TableProcedure {
    private static final StructType COLUMNS = new StructType()
            .add("rewritten_data_files_count", DataTypes.IntegerType, false)
            .add("added_data_files_count", DataTypes.IntegerType, false)
            .add("rewritten_bytes_count", DataTypes.LongType, false)
            .add("failed_data_files_count", DataTypes.IntegerType, false)
            .add("removed_delete_files_count", DataTypes.IntegerType, false)
            .add("left_data_files_count", DataTypes.IntegerType, false)
            .add("moved_bytes_count", DataTypes.LongType, false)
            .add("recoded_bytes_count", DataTypes.LongType, false)
            .add("snapshot_id", DataTypes.LongType, true)
            .add("notes", DataTypes.StringType, false);

    @Override
    public String name() {
        return "rewrite_data_files";
    }

    @Override
    public String description() {
        return "Merges small data files of an Iceberg table by moving their bytes";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.required("table", DataTypes.StringType, "the table's name"),
                Parameter.optional("where", DataTypes.StringType, "a condition on partitions"),
                Parameter.optional("options", Arguments.texts(), "options of Iceberg's rewrite_data_files"),
                Parameter.optional("branch", DataTypes.StringType, "the branch to read and to commit to"),
                Parameter.optional("effort", DataTypes.StringType, "copy, balanced or smallest"),
                Parameter.optional("dry_run", DataTypes.BooleanType, "whether to plan only"));
    }

    @Override
    public StructType columns() {
        return COLUMNS;
    }

    @Override
    public List<InternalRow> call(Arguments arguments) {
        SparkSession spark = SparkSession.active();
        String name = arguments.requiredText(0, "table");
        GlulamRewrite rewrite = GlulamActions.get(spark)
                .rewriteDataFiles(load(spark, name))
                .where(arguments.text(1))
                .options(arguments.map(2))
                .toBranch(arguments.text(3));
        String effort = arguments.text(4);
        if (effort != null) {
            rewrite.effort(effort);
        }
        if (arguments.flag(5)) {
            return List.of(row(rewrite.plan()));
        }
        TableReport report = rewrite.execute().report();
        spark.catalog().refreshTable(name);
        return List.of(row(report));
    }

    /** Answers with the plan; how bytes are made is known only after the run. */
    private static InternalRow row(TablePlan plan) {
        return row(
                plan.partitions().stream().mapToInt(PartitionState::candidates).sum(),
                plan.partitions().stream().mapToInt(PartitionState::outputs).sum(),
                plan.partitions().stream()
                        .mapToLong(PartitionState::candidateBytes)
                        .sum(),
                0,
                0,
                left(plan),
                0L,
                0L,
                null,
                "dry run: " + notes(plan, List.of()));
    }

    private static InternalRow row(TableReport report) {
        TableReport.Counts counts = report.counts();
        List<Long> snapshots = report.snapshots();
        return row(
                counts.rewrittenDataFiles(),
                counts.addedDataFiles(),
                counts.rewrittenBytes(),
                counts.failedDataFiles(),
                counts.removedDeleteFiles(),
                left(report.plan()),
                report.bytes().moved() + report.bytes().remapped(),
                report.bytes().recoded(),
                snapshots.isEmpty() ? null : snapshots.get(snapshots.size() - 1),
                notes(report.plan(), report.notes()));
    }

    static InternalRow row(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] instanceof String text ? UTF8String.fromString(text) : values[i];
        }
        return new GenericInternalRow(values);
    }

    static int left(TablePlan plan) {
        return plan.left().stream().mapToInt(LeftFiles::files).sum();
    }

    static String notes(TablePlan plan, List<String> more) {
        List<String> all = new ArrayList<>();
        all.add(plan.outcome().sentence());
        plan.left()
                .forEach(
                        left -> all.add(left.files() + " left: " + left.reason().sentence()));
        all.addAll(plan.notes());
        all.addAll(more);
        return String.join("; ", all);
    }
}
