package io.glulam.testkit.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a process of Spark is started that answers SQL. It has the catalog {@code local} of Iceberg tables, a JDBC catalog on
 * SQLite that other processes may use, too, and Delta tables by their paths.
 */
public final class Spark {
    /** The newest feature release of Java that the Spark of the tests runs on. */
    public static final int MAX_JAVA = 21;

    private static final String MAIN = "io.glulam.testkit.spark.SparkSql";

    /** The packages that Spark opens for itself when it is started by its own scripts. */
    private static final List<String> OPENS = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent");

    private Spark() {}

    /**
     * Returns the command.
     *
     * @param root the project's folder
     * @param version the folder in {@code testkit}: {@code spark41} or {@code spark35}
     * @param folder of the catalog and of the tables
     * @param heap such as {@code 2g}
     * @param more settings of the session
     */
    public static List<String> command(Path root, String version, Path folder, String heap, Map<String, String> more)
            throws IOException {
        if (Runtime.version().feature() > MAX_JAVA) {
            throw new IllegalStateException(
                    "Spark runs on Java up to %d, this is %s".formatted(MAX_JAVA, Runtime.version()));
        }
        Path target = root.resolve("testkit").resolve(version).resolve("target");
        Path classPath = target.resolve("classpath");
        if (!Files.exists(classPath)) {
            throw new IllegalStateException(
                    classPath + " is missing: mvn -pl testkit/" + version + " -am process-classes");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        OPENS.forEach(opened -> command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
        command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        command.add("--add-opens=java.base/sun.util.calendar=ALL-UNNAMED");
        command.addAll(List.of(
                "-cp",
                target.resolve("classes") + ":" + Files.readString(classPath).strip(),
                MAIN));
        Map<String, String> settings = new TreeMap<>(settings(folder));
        settings.putAll(more);
        settings.forEach((key, value) -> command.add(key + "=" + value));
        return command;
    }

    /** The properties of the catalog {@code local}, by Iceberg's keys. */
    public static Map<String, String> catalog(Path folder) {
        return Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + folder.resolve("catalog.db"),
                "warehouse",
                folder.resolve("warehouse").toString());
    }

    private static Map<String, String> settings(Path folder) {
        Map<String, String> settings = new TreeMap<>();
        catalog(folder).forEach((key, value) -> settings.put("spark.sql.catalog.local." + key, value));
        settings.put("spark.sql.catalog.local", "org.apache.iceberg.spark.SparkCatalog");
        settings.put("spark.sql.catalog.local.cache-enabled", "false");
        settings.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        settings.put(
                "spark.sql.extensions",
                "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions,"
                        + "io.delta.sql.DeltaSparkSessionExtension");
        settings.put("spark.master", "local[2]");
        settings.put("spark.ui.enabled", "false");
        settings.put("spark.driver.bindAddress", "127.0.0.1");
        settings.put("spark.driver.host", "127.0.0.1");
        settings.put("spark.sql.session.timeZone", "UTC");
        settings.put("spark.sql.shuffle.partitions", "4");
        settings.put(
                "spark.databricks.delta.snapshotPartitions", "2"); // 50 tasks otherwise, for each version of a log.
        settings.put("spark.local.dir", folder.resolve("spark").toString());
        settings.put(
                "spark.sql.warehouse.dir", folder.resolve("spark-warehouse").toString());
        return settings;
    }
}
