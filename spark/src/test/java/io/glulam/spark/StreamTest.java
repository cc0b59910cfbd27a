package io.glulam.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that writes into a table while the table is compacted again and again. */
@Tag("once")
@Tag("spark")
class StreamTest {
    private static final String TABLE = "local.db.stream";

    /** Seconds that the stream writes; .ci/nightly has it write for five minutes. */
    private static final int SECONDS = Integer.getInteger("glulam.seconds", 20);

    @TempDir
    Path folder;

    @Test
    void everyRowOfTheStreamIsThereOnceAndNoWriteFails() throws Exception {
        try (SparkSession spark = SparkTable.session("local[2]", folder, Map.of())) {
            spark.sql("CREATE TABLE " + TABLE + " (value BIGINT, at TIMESTAMP, part INT) USING iceberg"
                    + " PARTITIONED BY (part) TBLPROPERTIES ('write.distribution-mode'='none')");
            StreamingQuery stream = spark.readStream()
                    .format("rate")
                    .option("rowsPerSecond", 500)
                    .option("numPartitions", 2)
                    .load()
                    .selectExpr("value", "timestamp AS at", "CAST(value DIV 1000 % 2 AS INT) AS part")
                    .writeStream()
                    .format("iceberg")
                    .option("checkpointLocation", folder.resolve("checkpoint").toString())
                    .option("fanout-enabled", "true")
                    .trigger(Trigger.ProcessingTime(200, TimeUnit.MILLISECONDS))
                    .toTable(TABLE);
            int compactions = compact(spark, stream);
            // The end interrupts a write that waits for its next try, which the stream then calls a failure.
            assertThat(stream.exception().isEmpty()).isTrue();
            stream.stop();
            assertThat(compactions).isGreaterThan(2);
            Row rows = spark.sql("SELECT count(*), count(DISTINCT value), min(value), max(value) FROM " + TABLE)
                    .head();
            assertThat(rows.getLong(0)).isPositive().isEqualTo(rows.getLong(1)).isEqualTo(rows.getLong(3) + 1);
            assertThat(rows.getLong(2)).isZero();
            // The stream leaves files of the batch in which it was stopped.
            assertThat(SparkTable.orphans(spark, TABLE)).noneMatch(file -> file.contains("glulam"));
        }
    }

    /** Compacts until the time is over, longer on a slow machine, and returns how many runs replaced files. */
    private static int compact(SparkSession spark, StreamingQuery stream) {
        long start = System.nanoTime();
        int compactions = 0;
        while (isBefore(start, SECONDS) || compactions < 3 && isBefore(start, 20 * SECONDS)) {
            assertThat(stream.isActive()).isTrue();
            Row row = spark.sql("CALL glulam.system.rewrite_data_files(table => '" + TABLE
                            + "', options => map('min-input-files', '2'), effort => 'copy')")
                    .head();
            assertThat(row.getInt(3)).as("failed files").isZero();
            compactions += row.getInt(0) > 0 ? 1 : 0;
        }
        return compactions;
    }

    private static boolean isBefore(long start, int seconds) {
        return System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds);
    }
}
