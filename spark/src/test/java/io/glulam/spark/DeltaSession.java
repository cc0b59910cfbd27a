package io.glulam.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A session with Delta's own extension, and Delta tables of it. */
final class DeltaSession {
    private DeltaSession() {}

    /** Tables of a few hundred rows: compiling would take longer than running. */
    static final Map<String, String> SETTINGS = Map.of(
            "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
            "spark.databricks.delta.snapshotPartitions", "1",
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.adaptive.enabled", "false");

    static SparkSession start(String master, Path folder, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(more);
        return SparkTable.session(master, folder, settings);
    }

    /** Adds files to each of two partitions, in one commit. */
    static void insert(SparkSession spark, String table, long first, int rows, int files) {
        spark.sql("INSERT INTO " + table + " SELECT id, if(id % 7 = 0, NULL, concat('text ', id % 13)),"
                + " IF(id % 11 = 0, CAST('NaN' AS DOUBLE), id / 3), IF(id % 5 = 0, NULL, array(CAST(id AS STRING))),"
                + " if(id % 2 = 0, 'even', 'odd') FROM range(" + first + ", " + (first + rows) + ", 1, " + files + ")");
    }

    static void create(SparkSession spark, String table, String properties) {
        spark.sql("CREATE TABLE " + table + " (id BIGINT, text STRING, number DOUBLE, tags ARRAY<STRING>, day STRING)"
                + " USING delta PARTITIONED BY (day) TBLPROPERTIES (" + properties + ")");
    }

    /** The newest version of a table. */
    static long version(SparkSession spark, String table) {
        return spark.sql("DESCRIBE HISTORY " + table + " LIMIT 1").first().getLong(0);
    }

    /** The data files of a table's newest version, by their names. */
    static Set<String> live(SparkSession spark, String table) {
        List<String> paths = SparkTable.rows(spark, "SELECT DISTINCT _metadata.file_name FROM " + table);
        return paths.stream()
                .map(row -> row.substring(1, row.length() - 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of all data files that lie in a table's folder. */
    static Set<String> files(Path table) {
        try (Stream<Path> all = Files.walk(table)) {
            return all.filter(path -> !path.toString().contains("_delta_log"))
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".parquet") && !name.startsWith("."))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
