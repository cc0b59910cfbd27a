package example;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Makes an Iceberg table of small files and has Spark's executors compact it. */
public final class Main {
    private Main() {}

    /** @param arguments an empty folder for the table */
    public static void main(String[] arguments) throws IOException {
        SparkSession.Builder settings = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config("spark.sql.catalog.glulam", "io.glulam.spark.GlulamCatalog")
                .config("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.lake.type", "hadoop")
                .config(
                        "spark.sql.catalog.lake.warehouse",
                        Path.of(arguments[0]).toUri().toString());
        try (SparkSession spark = settings.getOrCreate()) {
            spark.sql("CREATE TABLE lake.db.events (id BIGINT, name STRING) USING iceberg");
            for (int i = 0; i < 5; i++) {
                spark.sql("INSERT INTO lake.db.events SELECT id, concat('name ', id) FROM range(1000)");
            }
            Row answer = spark.sql("CALL glulam.system.rewrite_data_files(table => 'lake.db.events')")
                    .head();
            System.out.println(answer.getInt(0) + " files became " + answer.getInt(1));
        }
    }
}
