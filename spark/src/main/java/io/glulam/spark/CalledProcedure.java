package io.glulam.spark;

import io.glulam.spark.procedure.Arguments;
import io.glulam.spark.procedure.Parameter;
import io.glulam.spark.procedure.TableProcedure;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.procedures.BoundProcedure;
import org.apache.spark.sql.connector.catalog.procedures.ProcedureParameter;
import org.apache.spark.sql.connector.catalog.procedures.UnboundProcedure;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;

/** A procedure as Spark 4 calls it. */
record CalledProcedure(TableProcedure procedure) implements UnboundProcedure, BoundProcedure {
    @Override
    public String name() {
        return procedure.name();
    }

    @Override
    public String description() {
        return procedure.description();
    }

    @Override
    public BoundProcedure bind(StructType inputType) {
        return this;
    }

    @Override
    public boolean isDeterministic() {
        return false;
    }

    @Override
    public ProcedureParameter[] parameters() {
        return procedure.parameters().stream().map(CalledProcedure::parameter).toArray(ProcedureParameter[]::new);
    }

    private static ProcedureParameter parameter(Parameter parameter) {
        ProcedureParameter.Builder builder =
                ProcedureParameter.in(parameter.name(), parameter.type()).comment(parameter.comment());
        return (parameter.required() ? builder : builder.defaultValue("NULL")).build();
    }

    @Override
    public Iterator<Scan> call(InternalRow input) {
        List<InternalRow> rows = procedure.call(new Arguments(input));
        return List.<Scan>of(new Rows(procedure.columns(), rows.toArray(InternalRow[]::new)))
                .iterator();
    }

    /** Rows that the driver has. */
    private record Rows(StructType readSchema, InternalRow[] rows) implements LocalScan {}
}
