package io.glulam.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A session with a catalog {@code local} in a folder, and tables of it. */
final class SparkTable {
    private SparkTable() {}

    static SparkSession session(String master, Path folder, Map<String, String> settings) {
        SparkSession.Builder builder = SparkSession.builder()
                .master(master)
                .appName("glulam")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.local.dir", folder.resolve("spark").toString())
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config("spark.sql.catalog.local", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.local.type", "hadoop")
                .config(
                        "spark.sql.catalog.local.warehouse",
                        folder.resolve("lake").toString())
                .config("spark.sql.catalog.glulam", GlulamCatalog.class.getName());
        settings.forEach(builder::config);
        return builder.getOrCreate();
    }

    /** Makes a table of many small files: four partitions, and as many files each as there are inserts. */
    static void fill(SparkSession spark, String name, int version, int inserts, int rows) {
        spark.sql("CREATE TABLE " + name + " (id BIGINT, part INT, text STRING, number DOUBLE, tags ARRAY<STRING>)"
                + " USING iceberg PARTITIONED BY (part) TBLPROPERTIES ('format-version'='" + version
                + "', 'write.merge.mode'='merge-on-read', 'write.delete.mode'='merge-on-read',"
                + " 'write.update.mode'='merge-on-read', 'write.distribution-mode'='none')");
        for (int i = 0; i < inserts; i++) {
            insert(spark, name, (long) i * rows, rows);
        }
    }

    static void insert(SparkSession spark, String name, long first, int rows) {
        spark.sql("INSERT INTO " + name + " SELECT id, CAST(id % 4 AS INT), concat('text ', id % 13),"
                + " IF(id % 7 = 0, CAST('NaN' AS DOUBLE), id / 3), IF(id % 5 = 0, NULL, array(CAST(id AS STRING)))"
                + " FROM range(" + first + ", " + (first + rows) + ", 1, 1) ORDER BY id % 4");
    }

    static Table load(SparkSession spark, String name) {
        try {
            return Spark3Util.loadIcebergTable(spark, name);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** All values of all rows, in the order of a key. */
    static List<String> rows(SparkSession spark, String query) {
        return spark.sql(query).collectAsList().stream().map(Row::toString).toList();
    }

    static List<String> contents(SparkSession spark, String name) {
        return rows(spark, "SELECT * FROM " + name + " ORDER BY id");
    }

    /** The data files that a table's current snapshot has. */
    static Set<String> files(SparkSession spark, String name) {
        return new TreeSet<>(rows(spark, "SELECT file_path FROM " + name + ".files WHERE content = 0"));
    }

    /** Data files that lie in the table's folder and that no snapshot has. */
    static Set<String> orphans(SparkSession spark, String name) throws IOException {
        Set<String> known = new TreeSet<>();
        rows(spark, "SELECT file_path FROM " + name + ".all_data_files").forEach(row -> known.add(name(row)));
        rows(spark, "SELECT file_path FROM " + name + ".all_delete_files").forEach(row -> known.add(name(row)));
        Path folder = Path.of(load(spark, name).location().replaceFirst("^[a-z]+:(//)?", ""));
        try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
            Set<String> found = new TreeSet<>();
            all.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .filter(file -> !file.endsWith(".crc") && !known.contains(file))
                    .forEach(found::add);
            return found;
        }
    }

    private static String name(String row) {
        String path = row.substring(1, row.length() - 1);
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
