package io.glulam.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four tasks at once in an executor of 512 MiB. */
@Tag("once")
@Tag("spark")
class MemoryTest {
    private static final String TABLE = "local.db.wide";
    private static final int PARTITIONS = 4;
    private static final long DIRECT = 256L << 20;

    @TempDir
    Path folder;

    @Test
    void fourTasksAtOnceHaveEnoughOfASmallExecutor() throws Exception {
        Map<String, String> settings = Map.of(
                "spark.executor.metrics.pollingInterval",
                "50ms",
                "spark.executor.defaultJavaOptions",
                "-XX:MaxDirectMemorySize=" + DIRECT);
        try (SparkCluster cluster = new SparkCluster(folder, 1, PARTITIONS, settings)) {
            SparkSession spark = cluster.spark();
            fill(spark);
            List<String> before = sums(spark);
            TaskEvents events = new TaskEvents();
            spark.sparkContext().addSparkListener(events);
            GlulamRewrite.GlulamResult result = GlulamActions.get(spark)
                    .rewriteDataFiles(SparkTable.load(spark, TABLE))
                    .option("min-input-files", "2")
                    .execute();
            assertThat(result.addedDataFilesCount()).isEqualTo(PARTITIONS);
            events.awaitEnds(PARTITIONS);
            assertThat(events.starts()).as("attempts").isEqualTo(PARTITIONS);
            assertThat(events.failures()).isZero();
            assertThat(events.running()).as("tasks at once").isEqualTo(PARTITIONS);
            assertThat(events.peak("DirectPoolMemory")).isBetween(1L, DIRECT);
            assertThat(sums(spark)).isEqualTo(before);
        }
    }

    /** Makes 16 files of a few MB: each task merges four of them. */
    private static void fill(SparkSession spark) {
        spark.sql("CREATE TABLE " + TABLE + " (id BIGINT, part INT, hash STRING, hashes ARRAY<STRING>, number DOUBLE)"
                + " USING iceberg PARTITIONED BY (part) TBLPROPERTIES ('write.distribution-mode'='none',"
                + " 'write.parquet.row-group-size-bytes'='1048576', 'write.parquet.compression-codec'='snappy')");
        for (int i = 0; i < 4; i++) {
            spark.sql(
                    "INSERT INTO " + TABLE + " SELECT id, CAST(id DIV 20000 % 4 AS INT), sha2(CAST(id AS STRING), 256),"
                            + " array(md5(CAST(id AS STRING)), CAST(id % 100 AS STRING)), id / 7 FROM range("
                            + i * 80_000 + ", " + (i + 1) * 80_000 + ", 1, 4)");
        }
    }

    private static List<String> sums(SparkSession spark) {
        return SparkTable.rows(
                spark, "SELECT count(*), bit_xor(xxhash64(id, part, hash, hashes, number)) FROM " + TABLE);
    }
}
