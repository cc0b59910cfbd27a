package io.glulam.spark.procedure;

import io.glulam.spark.GlulamActions;
import io.glulam.tables.TablePlan;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** {@code inspect}: tells for each partition how many files it has and how many of them would be merged. */
public final class InspectProcedure extends TableProcedure {
    private static final StructType COLUMNS = new StructType()
            .add("partition", DataTypes.StringType, false)
            .add("data_files_count", DataTypes.IntegerType, false)
            .add("bytes_count", DataTypes.LongType, false)
            .add("rows_count", DataTypes.LongType, false)
            .add("files_with_deletes_count", DataTypes.IntegerType, false)
            .add("small_data_files_count", DataTypes.IntegerType, false)
            .add("small_bytes_count", DataTypes.LongType, false)
            .add("would_become_files_count", DataTypes.IntegerType, false);

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public String description() {
        return "Tells how fragmented the partitions of an Iceberg or Delta table are";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.optional("table", DataTypes.StringType, "the name of an Iceberg table"),
                Parameter.optional("where", DataTypes.StringType, "a condition on partitions"),
                Parameter.optional("options", Arguments.texts(), "options of rewrite_data_files or optimize"),
                Parameter.optional("path", DataTypes.StringType, "the place of a Delta table"));
    }

    @Override
    public StructType columns() {
        return COLUMNS;
    }

    @Override
    public List<InternalRow> call(Arguments arguments) {
        SparkSession spark = SparkSession.active();
        TablePlan plan = plan(arguments, spark);
        return plan.partitions().stream()
                .<InternalRow>map(partition -> new GenericInternalRow(new Object[] {
                    UTF8String.fromString(partition.name()),
                    partition.files(),
                    partition.bytes(),
                    partition.rows(),
                    partition.deleteFiles(),
                    partition.candidates(),
                    partition.candidateBytes(),
                    partition.outputs()
                }))
                .toList();
    }

    private static TablePlan plan(Arguments arguments, SparkSession spark) {
        String path = arguments.text(3);
        if (path == null) {
            return GlulamActions.get(spark)
                    .rewriteDataFiles(load(spark, arguments.requiredText(0, "table")))
                    .where(arguments.text(1))
                    .options(arguments.map(2))
                    .plan();
        }
        if (arguments.text(0) != null) {
            throw new IllegalArgumentException("inspect takes table or path, not both");
        }
        return GlulamActions.get(spark)
                .optimize(path)
                .where(arguments.text(1))
                .options(arguments.map(2))
                .plan();
    }
}
