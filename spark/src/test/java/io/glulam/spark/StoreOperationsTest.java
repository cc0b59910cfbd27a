package io.glulam.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delta tables and plain files in a store that speaks S3's protocol, with keys from Hadoop's settings. */
@Tag("once")
@Tag("spark")
class StoreOperationsTest {
    private static final String SECRET = "s3cr3t-that-no-log-has";

    @TempDir
    Path folder;

    private final StrictStore server = StrictStore.start(StoreRules.S3);
    private SparkSession spark;

    @BeforeEach
    void startSpark() throws IOException {
        Files.createDirectories(folder.resolve("events"));
        spark = DeltaSession.start(
                "local[2]",
                folder,
                Map.of(
                        "spark.hadoop.fs.s3a.bucket." + StrictStore.BUCKET + ".access.key",
                        "AK",
                        "spark.hadoop.fs.s3a.secret.key",
                        SECRET,
                        "spark.hadoop.fs.s3a.endpoint",
                        server.endpoint().toString(),
                        "spark.hadoop.fs.s3a.endpoint.region",
                        "us-east-1",
                        "spark.eventLog.enabled",
                        "true",
                        "spark.eventLog.dir",
                        folder.resolve("events").toUri().toString(),
                        "spark.eventLog.compress",
                        "false"));
    }

    @AfterEach
    void stop() {
        spark.stop();
        server.close();
    }

    private String events() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve("events"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void aTableAndPlainFilesInAStoreAreMergedAndNoSecretIsLogged() throws IOException {
        Path table = folder.resolve("table");
        DeltaSession.create(spark, "delta.`" + table + "`", "'delta.enableRowTracking' = 'true'");
        DeltaSession.insert(spark, "delta.`" + table + "`", 0, 300, 3);
        List<String> before =
                SparkTable.rows(spark, "SELECT _metadata.row_id, * FROM delta.`" + table + "` ORDER BY id");
        StoredFolder.upload(server, table, "lake/events/");
        Path plain = folder.resolve("plain");
        for (int i = 0; i < 2; i++) {
            spark.range(i * 50L, i * 50L + 50, 1, 1).write().mode("append").parquet(plain + "/dt=1");
        }
        StoredFolder.upload(server, plain, "lake/raw/");

        String location = "s3a://" + StrictStore.BUCKET + "/lake/events";
        assertThatThrownBy(() -> spark.sql("CALL glulam.system.optimize(path => '" + location + "')"))
                .hasMessageContaining("single-writer=true");
        Row row = spark.sql("CALL glulam.system.optimize(path => '" + location
                        + "', options => map('single-writer', 'true'))")
                .first();
        Row merge = spark.sql("CALL glulam.system.merge(source => 's3://" + StrictStore.BUCKET
                        + "/lake/raw/dt=*/', target => 's3://" + StrictStore.BUCKET + "/lake/merged/')")
                .first();

        assertThat(row.getInt(0)).isEqualTo(6);
        assertThat(row.getInt(1)).isEqualTo(2);
        Path after = StoredFolder.download(server, "lake/events/", folder.resolve("after"));
        assertThat(SparkTable.rows(spark, "SELECT _metadata.row_id, * FROM delta.`" + after + "` ORDER BY id"))
                .isEqualTo(before);
        assertThat(merge.getInt(1)).isEqualTo(2);
        assertThat(merge.getInt(3)).isEqualTo(1);
        Path merged = StoredFolder.download(server, "lake/merged/", folder.resolve("merged"));
        assertThat(spark.read().parquet(merged.toString()).count()).isEqualTo(100);
        assertThat(server.keys()).noneMatch(key -> key.contains("_glulam_tmp"));
        spark.stop();
        assertThat(events()).contains("glulam ").doesNotContain(SECRET);
    }
}
