package io.glulam.spark;

import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;

/**
 * Glulam's actions on tables; those on Iceberg tables are called as Iceberg's {@code SparkActions} are. Thread-safe.
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

    /**
     * Returns an action that merges small data files of a Delta table by moving their bytes.
     *
     * @param path of the table: {@code s3://BUCKET/PREFIX}, or a folder of the local file system
     */
    public GlulamOptimize optimize(String path) {
        return new GlulamOptimize(spark, path);
    }

    /**
     * Returns an action that merges plain Parquet files into a folder, folder by folder.
     *
     * @param source a folder, a prefix that ends with a slash, or a pattern
     * @param target a folder or a prefix; each run adds what is new
     */
    public GlulamMerge merge(String source, String target) {
        return new GlulamMerge(spark, source, target);
    }
}
