package io.glulam.spark.procedure;

import io.glulam.MergePreview;
import io.glulam.MergeReport.Outcome;
import io.glulam.SpreadReport;
import io.glulam.inputs.PassedOver.Reason;
import io.glulam.spark.GlulamActions;
import io.glulam.spark.GlulamMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** {@code merge}: merges plain Parquet files into a folder. */
public final class MergeProcedure extends TableProcedure {
    private static final StructType COLUMNS = new StructType()
            .add("outcome", DataTypes.StringType, false)
            .add("input_files_count", DataTypes.IntegerType, false)
            .add("input_bytes_count", DataTypes.LongType, false)
            .add("added_files_count", DataTypes.IntegerType, false)
            .add("added_bytes_count", DataTypes.LongType, false)
            .add("added_rows_count", DataTypes.LongType, false)
            .add("moved_bytes_count", DataTypes.LongType, false)
            .add("recoded_bytes_count", DataTypes.LongType, false)
            .add("notes", DataTypes.StringType, false);

    @Override
    public String name() {
        return "merge";
    }

    @Override
    public String description() {
        return "Merges plain Parquet files into a folder by moving their bytes; each run adds what is new";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.required("source", DataTypes.StringType, "a folder, a prefix that ends with /, or a pattern"),
                Parameter.required("target", DataTypes.StringType, "the folder or prefix of the new files"),
                Parameter.optional("options", Arguments.texts(), "options of glulam merge"),
                Parameter.optional("effort", DataTypes.StringType, "copy, balanced or smallest"),
                Parameter.optional("dry_run", DataTypes.BooleanType, "whether to plan only"));
    }

    @Override
    public StructType columns() {
        return COLUMNS;
    }

    @Override
    public List<InternalRow> call(Arguments arguments) {
        GlulamMerge merge = GlulamActions.get(SparkSession.active())
                .merge(arguments.requiredText(0, "source"), arguments.requiredText(1, "target"))
                .options(arguments.map(2));
        String effort = arguments.text(3);
        if (effort != null) {
            merge.effort(effort);
        }
        return List.of(arguments.flag(4) ? planned(merge.plan()) : done(merge.execute()));
    }

    private static InternalRow planned(MergePreview preview) {
        return RewriteProcedure.row(
                preview.outcome().name(),
                preview.inputs().files(),
                preview.inputs().bytes(),
                preview.outputs().size(),
                preview.outputs().stream()
                        .mapToLong(plan -> plan.totals().expectedBytes())
                        .sum(),
                preview.inputs().rows(),
                0L,
                0L,
                "dry run: " + notes(preview.outcome(), preview.passedOverCounts(), preview.dropped()));
    }

    private static InternalRow done(SpreadReport report) {
        return RewriteProcedure.row(
                report.outcome().name(),
                report.inputs().files(),
                report.inputs().bytes(),
                report.outputs(),
                report.bytes(),
                report.rows(),
                report.bytes() - report.recoded(),
                report.recoded(),
                notes(report.outcome(), report.passedOver(), report.dropped()));
    }

    private static String notes(Outcome outcome, Map<Reason, Integer> passedOver, List<String> dropped) {
        List<String> all = new ArrayList<>();
        all.add(
                switch (outcome) {
                    case MERGED -> "new files";
                    case NO_CANDIDATES -> "no input, or none that may be taken";
                    case NOTHING_GAINED -> "every new file would hold one input as it is";
                    case SCHEMAS_DIFFER -> "inputs that do not go together stayed apart";
                });
        passedOver.forEach((reason, count) ->
                all.add(count + " passed over: " + reason.name().toLowerCase(Locale.ROOT)));
        all.addAll(dropped);
        return String.join("; ", all);
    }
}
