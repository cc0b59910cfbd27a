package io.glulam.spark.procedure;

import io.glulam.spark.GlulamActions;
import io.glulam.spark.GlulamOptimize;
import io.glulam.tables.PartitionState;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** {@code optimize}: merges small files of a Delta table. */
public final class OptimizeProcedure extends TableProcedure {
    private static final StructType COLUMNS = new StructType()
            .add("rewritten_data_files_count", DataTypes.IntegerType, false)
            .add("added_data_files_count", DataTypes.IntegerType, false)
            .add("rewritten_bytes_count", DataTypes.LongType, false)
            .add("failed_data_files_count", DataTypes.IntegerType, false)
            .add("left_data_files_count", DataTypes.IntegerType, false)
            .add("moved_bytes_count", DataTypes.LongType, false)
            .add("recoded_bytes_count", DataTypes.LongType, false)
            .add("version", DataTypes.LongType, true)
            .add("notes", DataTypes.StringType, false);

    @Override
    public String name() {
        return "optimize";
    }

    @Override
    public String description() {
        return "Merges small data files of a Delta table by moving their bytes";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.optional("path", DataTypes.StringType, "the table's place: s3://BUCKET/PREFIX or a folder"),
                Parameter.optional("where", DataTypes.StringType, "a condition on partitions"),
                Parameter.optional("options", Arguments.texts(), "options of glulam compact delta:"),
                Parameter.optional("effort", DataTypes.StringType, "copy, balanced or smallest"),
                Parameter.optional("dry_run", DataTypes.BooleanType, "whether to plan only"),
                Parameter.optional("table", DataTypes.StringType, "the table's name, instead of path"),
                Parameter.optional(
                        "apply_deletes", DataTypes.BooleanType, "whether rows of deletion vectors are left out"));
    }

    @Override
    public StructType columns() {
        return COLUMNS;
    }

    @Override
    public List<InternalRow> call(Arguments arguments) {
        SparkSession spark = SparkSession.active();
        GlulamOptimize optimize = GlulamActions.get(spark)
                .optimize(path(spark, arguments.text(0), arguments.text(5)))
                .where(arguments.text(1))
                .options(arguments.map(2))
                .applyDeletes(arguments.flag(6));
        String effort = arguments.text(3);
        if (effort != null) {
            optimize.effort(effort);
        }
        return List.of(arguments.flag(4) ? planned(optimize.plan()) : done(optimize.execute()));
    }

    private static String path(SparkSession spark, @Nullable String path, @Nullable String table) {
        if ((path == null) == (table == null)) {
            throw new IllegalArgumentException("optimize takes path or table, one of them");
        }
        return path == null ? location(spark, String.valueOf(table)) : path;
    }

    /** Delta itself tells where a table lies. */
    private static String location(SparkSession spark, String table) {
        Row detail = spark.sql("DESCRIBE DETAIL " + table).first();
        String format = detail.getString(detail.fieldIndex("format"));
        if (!"delta".equals(format)) {
            throw new IllegalArgumentException("'" + table + "' is a table of format " + format + ", not Delta");
        }
        return detail.getString(detail.fieldIndex("location"));
    }

    /** Answers with the plan; how bytes are made is known only after the run. */
    private static InternalRow planned(TablePlan plan) {
        List<PartitionState> partitions = plan.partitions();
        return RewriteProcedure.row(
                partitions.stream().mapToInt(PartitionState::candidates).sum(),
                partitions.stream().mapToInt(PartitionState::outputs).sum(),
                partitions.stream().mapToLong(PartitionState::candidateBytes).sum(),
                0,
                RewriteProcedure.left(plan),
                0L,
                0L,
                null,
                "dry run: " + RewriteProcedure.notes(plan, List.of()));
    }

    private static InternalRow done(TableReport report) {
        TableReport.Counts counts = report.counts();
        List<Long> versions = report.snapshots();
        return RewriteProcedure.row(
                counts.rewrittenDataFiles(),
                counts.addedDataFiles(),
                counts.rewrittenBytes(),
                counts.failedDataFiles(),
                RewriteProcedure.left(report.plan()),
                report.bytes().moved() + report.bytes().remapped(),
                report.bytes().recoded(),
                versions.isEmpty() ? null : versions.get(versions.size() - 1),
                RewriteProcedure.notes(report.plan(), report.notes()));
    }
}
