package io.glulam.spark.procedure;

import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.types.StructType;

/** A procedure that returns rows. Spark 4 and Iceberg's extensions of Spark 3.5 call it by interfaces of their own. */
public abstract class TableProcedure {
    /** Returns the name by which {@code CALL} finds it, in lower case. */
    public abstract String name();

    /** Returns what it does, as a sentence without its full stop. */
    public abstract String description();

    /** Returns its parameters, in the order in which arguments are given. */
    public abstract List<Parameter> parameters();

    /** Returns the columns of its rows. */
    public abstract StructType columns();

    /** Runs, and returns its rows. */
    public abstract List<InternalRow> call(Arguments arguments);

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
