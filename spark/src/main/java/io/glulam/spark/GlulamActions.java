package io.glulam.spark;

import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;

/**
 * Glulam's actions on Iceberg tables, called as Iceberg's {@code SparkActions} are. Thread-safe.
 *
 * <pre>GlulamActions.get(spark).rewriteDataFiles(table).option("partial-progress.enabled", "true").execute()</pre>
 */
public final class GlulamActions {
    private final SparkSession spark;

    private GlulamActions(SparkSession spark) {
        this.spark = spark;
    }

    /** Returns the actions of a session. */
    public static GlulamActions get(SparkSession spark) {
        return new GlulamActions(spark);
    }

    /** Returns the actions of the active session. */
    public static GlulamActions get() {
        return new GlulamActions(SparkSession.active());
    }

    /** Returns an action that merges small data files of a table by moving their bytes. */
    public GlulamRewrite rewriteDataFiles(Table table) {
        return new GlulamRewrite(spark, table);
    }
}
