package io.glulam.spark.procedure;

import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.connector.catalog.procedures.BoundProcedure;
import org.apache.spark.sql.connector.catalog.procedures.UnboundProcedure;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;

/** A procedure on an Iceberg table that returns rows. */
abstract class TableProcedure implements UnboundProcedure, BoundProcedure {
    @Override
    public final BoundProcedure bind(StructType inputType) {
        return this;
    }

    @Override
    public final boolean isDeterministic() {
        return false;
    }

    /** Rows that the driver has. */
    private record Rows(StructType readSchema, InternalRow[] rows) implements LocalScan {}

    static Iterator<Scan> scan(StructType schema, List<InternalRow> rows) {
        return List.<Scan>of(new Rows(schema, rows.toArray(InternalRow[]::new))).iterator();
    }

    /**
     * Loads a table by its name, which the session's current catalog completes.
     *
     * @throws IllegalArgumentException with a sentence for people, if there is no such Iceberg table
     */
    static Table load(SparkSession spark, String name) {
        try {
            return Spark3Util.loadIcebergTable(spark, name);
        } catch (NoSuchTableException | ParseException e) {
            throw new IllegalArgumentException("there is no Iceberg table '" + name + "'", e);
        }
    }
}
