package io.glulam.spark;

import io.glulam.spark.procedure.Arguments;
import io.glulam.spark.procedure.Parameter;
import io.glulam.spark.procedure.TableProcedure;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.iceberg.catalog.Procedure;
import org.apache.spark.sql.connector.iceberg.catalog.ProcedureParameter;
import org.apache.spark.sql.types.StructType;

/** A procedure as Iceberg's extensions of Spark 3.5 call it. */
record CalledProcedure(TableProcedure procedure) implements Procedure {
    @Override
    public ProcedureParameter[] parameters() {
        return procedure.parameters().stream().map(CalledProcedure::parameter).toArray(ProcedureParameter[]::new);
    }

    private static ProcedureParameter parameter(Parameter parameter) {
        return parameter.required()
                ? ProcedureParameter.required(parameter.name(), parameter.type())
                : ProcedureParameter.optional(parameter.name(), parameter.type());
    }

    @Override
    public StructType outputType() {
        return procedure.columns();
    }

    @Override
    public InternalRow[] call(InternalRow arguments) {
        return procedure.call(new Arguments(arguments)).toArray(InternalRow[]::new);
    }

    @Override
    public String description() {
        return procedure.description();
    }
}
