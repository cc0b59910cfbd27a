package io.glulam.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.SourceChanged;
import io.glulam.spark.files.TableObjects;
import io.glulam.spark.task.IcebergRunner;
import io.glulam.spark.task.TaskSettings;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableRequest;
import io.glulam.tables.iceberg.TableRewrite;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.iceberg.plan.RewritePlan;
import io.glulam.tables.iceberg.rewrite.OutputRunner;
import io.glulam.tables.iceberg.rewrite.RewriteResult;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to a table while Glulam works on it, and what fails. */
@Tag("once")
@Tag("spark")
class RewriteFailuresTest {
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

    /** Has outputs written by Spark, then does something else before they are committed. */
    private static RewriteResult run(String name, Map<String, String> options, Runnable meanwhile) {
        return run(name, TaskSettings.of(spark.sparkContext(), "copy"), options, meanwhile);
    }

    private static RewriteResult run(
            String name, TaskSettings settings, Map<String, String> options, Runnable meanwhile) {
        Table table = SparkTable.load(spark, name);
        TableObjects objects = new TableObjects(table.io(), settings.pathsAreLocal());
        TableRewrite rewrite = new TableRewrite(
                table,
                new TableAddress.Iceberg("local", List.of("db"), "t"),
                Locations.ANY,
                objects,
                settings.compaction(),
                TableRequest.defaults().withOptions(options));
        RewritePlan plan = rewrite.plan(List.of());
        OutputRunner runner = new IcebergRunner(spark.sparkContext(), table, settings, objects, rewrite.runId(), 2);
        OutputRunner interfered = (jobs, sink) -> {
            runner.run(jobs, sink);
            meanwhile.run();
        };
        return rewrite.run(plan, interfered, Map.of(), TableListener.NONE);
    }

    @Test
    void anAppendMeanwhileStaysAndADeleteMeanwhileStopsTheCommit() throws Exception {
        String table = "local.db.concurrent";
        SparkTable.fill(spark, table, 2, 5, 100);
        RewriteResult result = run(table, Map.of(), () -> SparkTable.insert(spark, table, 500, 100));
        assertThat(result.report().counts().rewrittenDataFiles()).isEqualTo(20);
        assertThat(SparkTable.rows(spark, "SELECT count(*), sum(id) FROM " + table))
                .containsExactly("[600,179700]");

        assertThatThrownBy(() -> run(
                        table,
                        Map.of("min-input-files", "2"),
                        () -> spark.sql("DELETE FROM " + table + " WHERE id = 3")))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("a concurrent commit conflicts");
        assertThat(SparkTable.rows(spark, "SELECT count(*) FROM " + table)).containsExactly("[599]");
        assertThat(SparkTable.orphans(spark, table)).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsLeftAndTheOthersAreMerged() throws Exception {
        String table = "local.db.broken";
        SparkTable.fill(spark, table, 2, 5, 100);
        String broken = SparkTable.rows(
                        spark, "SELECT file_path FROM " + table + ".files WHERE partition.part = 2 LIMIT 1")
                .get(0);
        Path file = Path.of(broken.substring(1, broken.length() - 1).replaceFirst("^file:", ""));
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() - 4);
            bytes.write(new byte[4]);
        }
        RewriteResult result = run(table, Map.of(), () -> {});
        assertThat(result.report().counts().rewrittenDataFiles()).isEqualTo(19);
        assertThat(result.report().counts().addedDataFiles()).isEqualTo(4);
        assertThat(result.report().plan().left())
                .singleElement()
                .satisfies(left -> assertThat(left.files()).isEqualTo(1));
        assertThat(SparkTable.orphans(spark, table)).isEmpty();
    }

    /** Paths without a scheme lie where Hadoop's settings say, which only the table's FileIO knows. */
    @Test
    void filesThatAreNotLocalGoThroughTheTablesFileIo() throws Exception {
        String table = "local.db.by_io";
        SparkTable.fill(spark, table, 2, 5, 100);
        List<String> before = SparkTable.contents(spark, table);
        TaskSettings settings = new TaskSettings("COPY", 64 << 20, false, 1, false);
        RewriteResult result = run(table, settings, Map.of(), () -> {});
        assertThat(result.report().counts().rewrittenDataFiles()).isEqualTo(20);
        assertThat(SparkTable.files(spark, table)).hasSize(4).allMatch(file -> file.startsWith("[/"));
        assertThat(SparkTable.contents(spark, table)).isEqualTo(before);
    }
}
