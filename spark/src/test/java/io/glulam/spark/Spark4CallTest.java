package io.glulam.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Procedures that only Spark 4 can call: in Spark 3.5 a procedure needs the name of one of Iceberg's. */
@Tag("once")
class Spark4CallTest {
    @TempDir
    static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void startSpark() {
        spark = SparkTable.session("local[2]", folder, Map.of());
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    @Test
    void inspectTellsOfEachPartition() {
        SparkTable.fill(spark, "local.db.inspected", 2, 5, 100);
        assertThat(spark.sql("CALL glulam.system.inspect(table => 'local.db.inspected')")
                        .collectAsList())
                .hasSize(4)
                .allSatisfy(partition -> assertThat(partition.getInt(1)).isEqualTo(5));
    }

    @Test
    void anUnknownProcedureIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> spark.sql("CALL glulam.system.compact(table => 'local.db.inspected')"))
                .hasStackTraceContaining("known are glulam.system.inspect, glulam.system.rewrite_data_files");
    }
}
