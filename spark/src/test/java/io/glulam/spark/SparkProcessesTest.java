package io.glulam.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.spark.files.TableObjects;
import io.glulam.spark.task.IcebergRunner;
import io.glulam.spark.task.TaskSettings;
import io.glulam.tables.iceberg.rewrite.OutputRunner;
import io.glulam.tables.iceberg.rewrite.StatisticsJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compactions whose executors are processes of their own: they die, fail, run twice, and meet other writers. */
@Tag("once")
@Tag("spark")
class SparkProcessesTest {
    private static final String SECRET = "a-secret-of-the-catalog";

    @TempDir
    static Path folder;

    private static SparkCluster cluster;
    private static SparkSession spark;
    private static HeldFileSystem.Rule rule;

    private final TaskEvents events = new TaskEvents();

    @BeforeAll
    static void startSpark() throws Exception {
        Path control = Files.createDirectories(folder.resolve("control"));
        rule = new HeldFileSystem.Rule(control);
        Map<String, String> settings = new HashMap<>();
        settings.put("spark.hadoop.fs.held.impl", HeldFileSystem.class.getName());
        settings.put("spark.hadoop." + HeldFileSystem.CONTROL, control.toString());
        settings.put("spark.sql.catalog.local.warehouse", "held://" + folder.resolve("lake"));
        settings.put("spark.sql.catalog.local.s3.secret-access-key", SECRET);
        settings.put("spark.speculation", "true");
        settings.put("spark.speculation.multiplier", "1.01");
        settings.put("spark.speculation.quantile", "0.1");
        settings.put("spark.speculation.interval", "50ms");
        settings.put("spark.speculation.minTaskRuntime", "200ms");
        cluster = new SparkCluster(folder, 2, 1, settings);
        spark = cluster.spark();
    }

    @AfterAll
    static void theEventLogHasNoSecrets() throws Exception {
        String log = cluster.stopped();
        assertThat(log.contains("glulam: bytes moved as they were")).isTrue();
        assertThat(log.contains(SECRET)).isFalse();
    }

    @BeforeEach
    void listen() throws InterruptedException {
        cluster.awaitExecutors();
        spark.sparkContext().addSparkListener(events);
    }

    @AfterEach
    void release() throws Exception {
        rule.release();
        spark.sparkContext().removeSparkListener(events);
    }

    private static CompletableFuture<GlulamRewrite.GlulamResult> rewrite(String table, String... options) {
        return CompletableFuture.supplyAsync(() -> {
            GlulamRewrite rewrite = GlulamActions.get(spark)
                    .rewriteDataFiles(SparkTable.load(spark, table))
                    .option("min-input-files", "2")
                    .effort("copy");
            for (int i = 0; i < options.length; i += 2) {
                rewrite.option(options[i], options[i + 1]);
            }
            return rewrite.execute();
        });
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(5, TimeUnit.MINUTES);
    }

    /** Number of rows, and a hash of all values with the rows' ids. */
    private static List<String> sums(String table) {
        return SparkTable.rows(
                spark,
                "SELECT count(*), bit_xor(xxhash64(id, part, text, number, tags, _row_id,"
                        + " _last_updated_sequence_number)) FROM " + table);
    }

    @Test
    void executorsThatAreKilledAtAnyStepLeaveNoTrace() throws Exception {
        String table = "local.db.killed";
        SparkTable.fill(spark, table, 3, 2, 4_000);
        spark.sql("DELETE FROM " + table + " WHERE id = 4003"); // Partition 3 has a deletion vector.
        List<String> before = sums(table);
        List<String> filesBefore = LiveRows.of(spark, table);
        List<String> steps = List.of("open -0-\\d{5}.parquet$", "create -0-.*-glulam", "close -0-.*-glulam");
        for (int part = 0; part < steps.size(); part++) {
            String[] step = steps.get(part).split(" ", -1);
            rule.set("hold", step[0], step[1]);
            int chosen = part;
            CompletableFuture<GlulamRewrite.GlulamResult> run =
                    CompletableFuture.supplyAsync(() -> GlulamActions.get(spark)
                            .rewriteDataFiles(SparkTable.load(spark, table))
                            .where("part = " + chosen)
                            .option("min-input-files", "2")
                            .execute());
            long process = rule.awaitProcess();
            SparkCluster.kill(process);
            assertThat(get(run).addedDataFilesCount()).isEqualTo(1);
            assertThat(SparkTable.orphans(spark, table)).isEmpty();
        }
        assertThat(SparkTable.files(spark, table)).hasSize(3 + 2);
        assertThat(sums(table)).isEqualTo(before);
        assertThat(LiveRows.of(spark, table)).isEqualTo(filesBefore);
    }

    @Test
    void aFailedAttemptRemovesItsOwnFileAndTheNextOneCounts() throws Exception {
        String table = "local.db.failing";
        SparkTable.fill(spark, table, 2, 2, 1_000);
        List<String> before = SparkTable.contents(spark, table);
        rule.set("fail", "close", "-0-.*-glulam");
        assertThat(get(rewrite(table)).addedDataFilesCount()).isEqualTo(4);
        long process = rule.awaitProcess();
        assertThat(process).isNotEqualTo(ProcessHandle.current().pid());
        List<String> told = new ArrayList<>(rule.told());
        String failed = told.stream()
                .filter(line -> line.startsWith("close "))
                .findFirst()
                .orElseThrow();
        assertThat(told).contains(failed.replace("close ", "delete "));
        assertThat(SparkTable.files(spark, table)).hasSize(4).anyMatch(file -> file.contains("-1-"));
        assertThat(SparkTable.contents(spark, table)).isEqualTo(before);
        assertThat(SparkTable.orphans(spark, table)).isEmpty();
        assertThat(events.descriptions()).anyMatch(text -> text.matches("glulam local.db.failing: group . of 4, .*"));
        assertThat(events.sums())
                .containsEntry("glulam: files read", 8L)
                .hasEntrySatisfying(
                        "glulam: bytes moved as they were",
                        sum -> assertThat(sum).isPositive());
    }

    /** Statistics of so few files are merged by the driver otherwise. */
    @Test
    void executorsMergeStatisticsAsTheDriverDoes() {
        String name = "local.db.statistics";
        SparkTable.fill(spark, name, 3, 4, 1_000);
        Table table = SparkTable.load(spark, name);
        TaskSettings settings = TaskSettings.of(spark.sparkContext(), "copy");
        TableObjects objects = new TableObjects(table.io(), settings.pathsAreLocal());
        OutputRunner runner = new IcebergRunner(spark.sparkContext(), table, settings, objects, "statistics", 2);
        List<StatisticsJob> jobs = table.currentSnapshot().dataManifests(table.io()).stream()
                .map(manifest -> new StatisticsJob(List.of(new StatisticsJob.Part(manifest, new int[] {0, 1, 0, 1}))))
                .toList();
        assertThat(jobs).hasSize(4);
        assertThat(runner.statistics(table, jobs))
                .containsExactlyInAnyOrderElementsOf(
                        jobs.stream().map(job -> job.carryOut(table)).toList());
        assertThat(events.descriptions()).contains("glulam local.db.statistics: statistics of files in 4 manifests");
    }

    /** The first attempt is slow before it may publish: a second one overtakes it, and the first has to give up. */
    @Test
    void anAttemptThatWasOvertakenPublishesNothing() throws Exception {
        String table = "local.db.overtaken";
        String target = fillOnePartition(table);
        List<String> before = SparkTable.contents(spark, table);
        rule.set("hold", "open", "-0-\\d{5}.parquet$");
        CompletableFuture<GlulamRewrite.GlulamResult> run = rewrite(table, "target-file-size-bytes", target);
        rule.awaitProcess();
        assertThat(get(run).addedDataFilesCount()).isGreaterThan(2);
        assertThat(SparkTable.files(spark, table)).anyMatch(file -> file.contains("-1-"));
        rule.release();
        events.awaitEnds(events.starts());
        assertThat(SparkTable.contents(spark, table)).isEqualTo(before);
        assertThat(SparkTable.orphans(spark, table)).isEmpty();
    }

    /** The first attempt is slow while it publishes: others are not allowed to. */
    @Test
    void anAttemptThatMayPublishIsNotOvertaken() throws Exception {
        String table = "local.db.slow";
        String target = fillOnePartition(table);
        List<String> before = SparkTable.contents(spark, table);
        rule.set("hold", "create", "-0-.*-glulam");
        CompletableFuture<GlulamRewrite.GlulamResult> run = rewrite(table, "target-file-size-bytes", target);
        rule.awaitProcess();
        events.awaitDenied();
        rule.release();
        assertThat(get(run).addedDataFilesCount()).isGreaterThan(2);
        assertThat(SparkTable.files(spark, table)).allMatch(file -> file.contains("-0-"));
        events.awaitEnds(events.starts());
        assertThat(SparkTable.contents(spark, table)).isEqualTo(before);
        assertThat(SparkTable.orphans(spark, table)).isEmpty();
    }

    /** Makes eight files of one group, and returns a target size by which they become several. */
    private static String fillOnePartition(String table) {
        spark.sql("CREATE TABLE " + table + " (id BIGINT, part INT, text STRING, number DOUBLE, tags ARRAY<STRING>)"
                + " USING iceberg TBLPROPERTIES ('write.distribution-mode'='none')");
        for (int i = 0; i < 8; i++) {
            SparkTable.insert(spark, table, i * 1_000L, 1_000);
        }
        return spark.sql("SELECT CAST(avg(file_size_in_bytes) * 2.5 AS STRING) FROM " + table + ".files")
                .head()
                .getString(0)
                .replaceFirst("\\..*", "");
    }

    @Test
    void whatOthersCommitMeanwhileStaysOrStopsTheRun() throws Exception {
        String table = "local.db.shared";
        SparkTable.fill(spark, table, 2, 2, 1_000);
        rule.set("hold", "create", "-0-.*-glulam");
        CompletableFuture<GlulamRewrite.GlulamResult> appended = rewrite(table);
        rule.awaitProcess();
        SparkTable.insert(spark, table, 2_000, 1_000);
        rule.release();
        assertThat(get(appended).addedDataFilesCount()).isEqualTo(4);
        assertThat(SparkTable.rows(spark, "SELECT count(*), sum(id) FROM " + table))
                .containsExactly("[3000,4498500]");

        rule.set("hold", "create", "-0-.*-glulam");
        CompletableFuture<GlulamRewrite.GlulamResult> deleted = rewrite(table);
        rule.awaitProcess();
        spark.sql("DELETE FROM " + table + " WHERE id = 2003");
        rule.release();
        assertThatThrownBy(() -> get(deleted)).hasCauseInstanceOf(SourceChanged.class);
        assertThat(SparkTable.rows(spark, "SELECT count(*), sum(id) FROM " + table))
                .containsExactly("[2999,4496497]");
        assertThat(SparkTable.orphans(spark, table)).isEmpty();
    }

    @Test
    void aCommitThatFailsLeavesTheTableAndNoFile() throws Exception {
        String table = "local.db.refused";
        SparkTable.fill(spark, table, 2, 2, 1_000);
        spark.sql("ALTER TABLE " + table + " SET TBLPROPERTIES ('commit.retry.num-retries'='1')");
        List<String> before = SparkTable.contents(spark, table);
        rule.set("fail-all", "rename", "metadata.json");
        assertThatThrownBy(() -> get(rewrite(table))).hasCauseInstanceOf(GlulamException.class);
        rule.release();
        assertThat(SparkTable.files(spark, table)).hasSize(8);
        assertThat(SparkTable.contents(spark, table)).isEqualTo(before);
        assertThat(SparkTable.orphans(spark, table)).isEmpty();
    }
}
