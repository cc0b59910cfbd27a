package io.glulam.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compactions in a session of Spark's, in one process. */
@Tag("once")
@Tag("spark")
class RewriteTest {
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
    void theActionReplacesSmallFilesAndKeepsEveryRow() throws Exception {
        SparkTable.fill(spark, "local.db.action", 2, 5, 100);
        List<String> before = SparkTable.contents(spark, "local.db.action");
        RewriteDataFiles.Result result = GlulamActions.get(spark)
                .rewriteDataFiles(SparkTable.load(spark, "local.db.action"))
                .filter(Expressions.notEqual("part", 3))
                .execute();
        assertThat(result.rewrittenDataFilesCount()).isEqualTo(15);
        assertThat(result.addedDataFilesCount()).isEqualTo(3);
        assertThat(result.rewriteResults()).hasSize(3);
        assertThat(result.rewriteFailures()).isEmpty();
        assertThat(SparkTable.files(spark, "local.db.action")).hasSize(3 + 5);
        assertThat(SparkTable.contents(spark, "local.db.action")).isEqualTo(before);
        assertThat(SparkTable.orphans(spark, "local.db.action")).isEmpty();
    }

    @Test
    void sparksUserInterfaceShowsGroupsAndTheBytesOfEachTier() throws Exception {
        TaskEvents events = new TaskEvents();
        spark.sparkContext().addSparkListener(events);
        for (String effort : List.of("copy", "smallest")) {
            SparkTable.fill(spark, "local.db.shown_" + effort, 2, 5, 1_000);
            GlulamActions.get(spark)
                    .rewriteDataFiles(SparkTable.load(spark, "local.db.shown_" + effort))
                    .effort(effort)
                    .execute();
        }
        events.awaitSums(
                "glulam: files read",
                "glulam: bytes moved as they were",
                "glulam: bytes remapped",
                "glulam: bytes recoded");
        assertThat(events.descriptions()).contains("glulam local.db.shown_copy: group 4 of 4, 5 files to 1");
        spark.sparkContext().removeSparkListener(events);
    }

    @Test
    void rowIdsAndDeletesStayWhereTheyWere() {
        SparkTable.fill(spark, "local.db.lineage", 3, 5, 100);
        spark.sql("UPDATE local.db.lineage SET text = 'changed' WHERE id % 50 = 1");
        spark.sql("DELETE FROM local.db.lineage WHERE id = 7");
        String query = "SELECT *, _row_id, _last_updated_sequence_number FROM local.db.lineage ORDER BY id";
        List<String> before = SparkTable.rows(spark, query);
        List<Row> answer = spark.sql("CALL glulam.system.rewrite_data_files(table => 'local.db.lineage',"
                        + " options => map('min-input-files', '2'), effort => 'copy')")
                .collectAsList();
        assertThat(answer.get(0).getInt(0)).isPositive();
        assertThat(SparkTable.rows(spark, query)).isEqualTo(before);
        assertThat(before).hasSize(499);
    }

    @Test
    void theProcedureTakesItsArgumentsByName() {
        SparkTable.fill(spark, "local.db.called", 2, 5, 100);
        spark.sql("ALTER TABLE local.db.called CREATE BRANCH aside");
        List<String> before = SparkTable.contents(spark, "local.db.called");
        Row dry = spark.sql("CALL glulam.system.rewrite_data_files(table => 'local.db.called', dry_run => true)")
                .head();
        assertThat(dry.getInt(0)).isEqualTo(20);
        assertThat(dry.getInt(1)).isEqualTo(4);
        assertThat(dry.isNullAt(8)).isTrue();
        Row row = spark.sql("CALL glulam.system.rewrite_data_files(table => 'local.db.called', where => 'part = 1',"
                        + " branch => 'aside', effort => 'smallest',"
                        + " options => map('partial-progress.enabled', 'true'))")
                .head();
        assertThat(row.getInt(0)).isEqualTo(5);
        assertThat(row.getInt(1)).isEqualTo(1);
        assertThat(row.getInt(3)).isZero();
        assertThat(row.getLong(8)).isPositive();
        assertThat(SparkTable.files(spark, "local.db.called")).hasSize(20);
        assertThat(SparkTable.rows(spark, "SELECT * FROM local.db.called VERSION AS OF 'aside' ORDER BY id"))
                .isEqualTo(before);
    }

    @Test
    void whatIcebergRefusesGlulamRefusesToo() {
        SparkTable.fill(spark, "local.db.refused", 2, 1, 10);
        assertThatThrownBy(() -> spark.sql("CALL glulam.system.rewrite_data_files(table => 'local.db.refused',"
                        + " options => map('no-such-option', '1'))"))
                .hasMessageContaining("there is no option no-such-option");
        assertThatThrownBy(() -> spark.sql("CALL glulam.system.rewrite_data_files(table => 'local.db.absent')"))
                .hasMessageContaining("there is no Iceberg table 'local.db.absent'");
        assertThatThrownBy(() -> GlulamActions.get(spark)
                        .rewriteDataFiles(SparkTable.load(spark, "local.db.refused"))
                        .sort())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** In Spark 3.5 only procedures with the name of one of Iceberg's can be called. */
    @Test
    void inspectTellsOfEachPartition() {
        assumeTrue(!spark.version().startsWith("3."));
        SparkTable.fill(spark, "local.db.inspected", 2, 5, 100);
        assertThat(spark.sql("CALL glulam.system.inspect(table => 'local.db.inspected')")
                        .collectAsList())
                .hasSize(4)
                .allSatisfy(partition -> assertThat(partition.getInt(1)).isEqualTo(5));
        assertThatThrownBy(() -> spark.sql("CALL glulam.system.compact(table => 'local.db.inspected')"))
                .hasStackTraceContaining("known are glulam.system.inspect, ");
    }
}
