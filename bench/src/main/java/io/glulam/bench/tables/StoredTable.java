package io.glulam.bench.tables;

import io.glulam.bench.measure.Measured;
import io.glulam.bench.measure.Numbers;
import io.glulam.bench.measure.Stopwatch;
import io.glulam.bench.merge.SlowStore;
import io.glulam.testkit.line.LineProcess;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A table of a REST catalog, in a store; both take a while to answer. Spark writes its files into a folder, whose content is
 * then what the store holds.
 */
final class StoredTable {
    private static final int FILES = 5;
    private static final long ROWS = 6_250;
    private static final long LATENCY = 20;
    private static final String TABLE = "remote.db.stored";

    private final SparkProcesses sparks;
    private final GlulamCommand glulam;
    private final Path objects;

    StoredTable(SparkProcesses sparks, GlulamCommand glulam) {
        this.sparks = sparks;
        this.glulam = glulam;
        this.objects = sparks.folder().resolve("objects");
    }

    /** Compacts it some times, and returns the report's table. */
    String run(int rounds) throws IOException, InterruptedException {
        double[] wall = new double[rounds];
        double[] processor = new double[rounds];
        String requests = "";
        long peak = 0;
        Map<String, String> settings = Map.of(
                "spark.sql.catalog.remote",
                "org.apache.iceberg.spark.SparkCatalog",
                "spark.sql.catalog.remote.type",
                "jdbc",
                "spark.sql.catalog.remote.uri",
                "jdbc:sqlite:" + sparks.folder().resolve("catalog.db"),
                "spark.sql.catalog.remote.warehouse",
                "s3://" + StrictStore.BUCKET + "/lake",
                "spark.sql.catalog.remote.io-impl",
                "io.glulam.testkit.spark.FolderFileIO",
                "spark.sql.catalog.remote.folder",
                objects.toString());
        try (LineProcess spark = sparks.start(settings)) {
            spark.ask("CREATE NAMESPACE IF NOT EXISTS remote.db");
            for (int round = 0; round < rounds; round++) {
                spark.ask("DROP TABLE IF EXISTS " + TABLE);
                spark.ask("CREATE TABLE " + TABLE + " USING iceberg AS " + sparks.query(ROWS, FILES, 1));
                try (SlowStore store = new SlowStore(sparks.folder(), LATENCY, Long.MAX_VALUE)) {
                    fill(store);
                    long before = store.store().requests();
                    Measured measured = compact(spark, store.store());
                    wall[round] = measured.seconds();
                    processor[round] = measured.processorSeconds();
                    peak = Math.max(peak, measured.peakResident());
                    requests = "%d + %s"
                            .formatted(
                                    store.store().requests() - before,
                                    spark.ask("COUNT REQUESTS").rows().get(0).get(0));
                }
            }
        }
        return "| files of a table in a REST catalog and a store, %d ms a request | start to exit | processor | requests: store + catalog | peak memory |%n|---|---|---|---|---|%n"
                        .formatted(LATENCY)
                + Numbers.format(
                        "| %d of 60 KB | %.2f s | %.2f s | %s | %s |%n",
                        FILES, Numbers.median(wall), Numbers.median(processor), requests, Numbers.mebibytes(peak));
    }

    private void fill(SlowStore store) throws IOException {
        try (Stream<Path> files = Files.walk(objects)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                store.put(objects.relativize(file).toString(), file);
            }
        }
    }

    private Measured compact(LineProcess spark, StrictStore store) throws IOException, InterruptedException {
        String port = spark.ask("SERVE CATALOG " + TABLE + " " + LATENCY)
                .rows()
                .get(0)
                .get(0);
        Path configuration = sparks.folder().resolve("catalogs.properties");
        Files.write(
                configuration,
                List.of(
                        "prod.type=rest",
                        "prod.uri=http://127.0.0.1:" + port,
                        "prod.s3.endpoint=" + store.endpoint(),
                        "prod.s3.access-key-id=AK",
                        "prod.s3.secret-access-key=very-secret"));
        List<String> command = glulam.launcher(List.of(
                "compact",
                "iceberg:prod.db.stored",
                "--catalog-config",
                configuration.toString(),
                "--quiet",
                "--exit-code"));
        Measured measured = Stopwatch.run(command, sparks.folder().resolve("none"), sparks.log());
        if (measured.exitCode() != 0) {
            throw new IllegalStateException(
                    "glulam failed with exit code " + measured.exitCode() + ", see " + sparks.log());
        }
        return measured;
    }
}
