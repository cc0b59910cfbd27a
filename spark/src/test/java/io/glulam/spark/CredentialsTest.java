package io.glulam.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.testkit.s3.Fault;
import io.glulam.testkit.s3.Operation;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of catalogs, and what Spark writes down about a run. */
@Tag("once")
@Tag("spark")
class CredentialsTest {
    private static final String OWN = "secret-key-of-the-user";
    private static final String VENDED = "secret-key-handed-out";
    private static final String TOKEN = "token-of-the-user";

    @TempDir
    Path folder;

    @Test
    void neitherTheUsersNorTheCatalogsSecretsAreInTheEventLog() throws Exception {
        Path events = Files.createDirectories(folder.resolve("events"));
        String location = "s3://" + StrictStore.BUCKET + "/lake/t";
        try (StrictStore store = StrictStore.start(StoreRules.S3);
                VendingCatalog catalog = new VendingCatalog(
                        location,
                        Map.of(
                                "s3.access-key-id", "AK",
                                "s3.secret-access-key", VENDED,
                                "client.region", "us-east-1"))) {
            try (SparkSession spark = SparkTable.session("local[2]", folder, settings(events, catalog, store))) {
                for (int i = 0; i < 6; i++) {
                    spark.sql("INSERT INTO vending.db.t SELECT id, md5(CAST(id AS STRING)) FROM range(" + i * 1_000
                            + ", " + (i + 1) * 1_000 + ", 1, 1)");
                }
                store.failWith((number, request) -> request.key().endsWith(".parquet") ? Fault.STATUS_403 : null);
                assertThatThrownBy(() -> spark.sql("CALL glulam.system.rewrite_data_files(table => 'vending.db.t')"))
                        .hasMessageContaining("s3://bucket/lake/t/data/");
                store.reset();
                Row row = spark.sql("CALL glulam.system.rewrite_data_files(table => 'vending.db.t')")
                        .head();
                assertThat(row.getInt(0)).isEqualTo(6);
                assertThat(store.keys()).anyMatch(key -> key.endsWith("-glulam.parquet"));
                assertThat(SparkTable.rows(spark, "SELECT count(*), sum(id) FROM vending.db.t"))
                        .containsExactly("[6000,17997000]");
                copiesHealthyRowGroupsInsideTheStore(spark, store);
            }
        }
        String log = contents(events);
        assertThat(log.contains("glulam vending.db.t: group 1 of 1")).isTrue();
        for (String secret : List.of(OWN, VENDED, TOKEN)) {
            assertThat(log.contains(secret)).as(secret).isFalse();
        }
    }

    /** Row groups of some megabytes, above what a store takes as a part. */
    private static void copiesHealthyRowGroupsInsideTheStore(SparkSession spark, StrictStore store) {
        for (int i = 0; i < 2; i++) {
            spark.sql("INSERT INTO vending.db.t SELECT id, md5(CAST(id AS STRING)) FROM range(" + i * 400_000 + ", "
                    + (i + 1) * 400_000 + ", 1, 1)");
        }
        store.reset();
        Row row = spark.sql("CALL glulam.system.rewrite_data_files(table => 'vending.db.t',"
                        + " options => map('min-input-files', '2'), effort => 'copy')")
                .head();
        assertThat(row.getInt(0)).isEqualTo(3);
        assertThat(store.count(Operation.COPY_PART)).isPositive();
        assertThat(store.uploaded()).isLessThan(row.getLong(2) * 2 / 3);
        assertThat(SparkTable.rows(spark, "SELECT count(*) FROM vending.db.t")).containsExactly("[806000]");
    }

    private static Map<String, String> settings(Path events, VendingCatalog catalog, StrictStore store) {
        Map<String, String> settings = new HashMap<>();
        settings.put("spark.eventLog.enabled", "true");
        settings.put("spark.eventLog.compress", "false");
        settings.put("spark.eventLog.dir", events.toUri().toString());
        settings.put("spark.sql.catalog.vending", "org.apache.iceberg.spark.SparkCatalog");
        settings.put("spark.sql.catalog.vending.type", "rest");
        settings.put("spark.sql.catalog.vending.uri", catalog.uri());
        settings.put("spark.sql.catalog.vending.token", TOKEN);
        settings.put("spark.sql.catalog.vending.cache-enabled", "false");
        settings.put("spark.sql.catalog.vending.io-impl", VendedFileIO.class.getName());
        settings.put("spark.sql.catalog.vending.s3.access-key-id", "USER");
        settings.put("spark.sql.catalog.vending.s3.secret-access-key", OWN);
        settings.put("spark.sql.catalog.vending.s3.endpoint", store.endpoint().toString());
        settings.put("spark.sql.catalog.vending.client.region", "us-east-1");
        return settings;
    }

    private static String contents(Path events) throws IOException {
        StringBuilder log = new StringBuilder();
        try (Stream<Path> files = Files.walk(events)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                log.append(Files.readString(file));
            }
        }
        return log.toString();
    }
}
