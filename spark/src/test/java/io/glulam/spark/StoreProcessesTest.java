package io.glulam.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Delta tables and plain files in a store, whose new files executors write that are processes of their own: they die, and run
 * twice.
 */
@Tag("once")
@Tag("spark")
class StoreProcessesTest {
    private static final String SECRET = "s3cr3t-of-the-executors";
    private static final String ROOT = "s3://" + StrictStore.BUCKET + "/";
    private static final String COLUMNS = "_metadata.row_id, *";

    @TempDir
    static Path folder;

    private static final StrictStore STORE = StrictStore.start(StoreRules.S3);
    private static SparkCluster cluster;
    private static SparkSession spark;

    private final TaskEvents events = new TaskEvents();

    @BeforeAll
    static void startSpark() throws Exception {
        Map<String, String> settings = new HashMap<>(DeltaSession.SETTINGS);
        settings.put("spark.hadoop.fs.s3a.access.key", "AK");
        settings.put("spark.hadoop.fs.s3a.secret.key", SECRET);
        settings.put("spark.hadoop.fs.s3a.endpoint", STORE.endpoint().toString());
        settings.put("spark.hadoop.fs.s3a.endpoint.region", "us-east-1");
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
        STORE.close();
        assertThat(log.contains("glulam: bytes moved as they were")).isTrue();
        assertThat(log.contains(SECRET)).isFalse();
    }

    @BeforeEach
    void listen() {
        spark.sparkContext().addSparkListener(events);
    }

    @AfterEach
    void stopListening() {
        STORE.reset();
        spark.sparkContext().removeSparkListener(events);
    }

    /** The first request of a kind is held by the store until it is released. */
    private static final class Hold {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicBoolean taken = new AtomicBoolean();

        /** @param key pattern of the object's key */
        Hold(String method, String key) {
            STORE.doBefore((number, request) ->
                    request.method().equals(method) && request.key().matches(key) && taken.compareAndSet(false, true)
                            ? this::hold
                            : null);
        }

        private void hold() {
            reached.countDown();
            await(released);
        }

        void awaitRequest() {
            await(reached);
        }

        void release() {
            released.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(5, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static CompletableFuture<Row> call(String statement) {
        return CompletableFuture.supplyAsync(
                () -> spark.sql("CALL glulam.system." + statement).first());
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(5, TimeUnit.MINUTES);
    }

    private static List<String> rows(Path table) {
        return SparkTable.rows(spark, "SELECT " + COLUMNS + " FROM delta.`" + table + "` ORDER BY id");
    }

    /** Makes a table of two partitions of three files each in the store, and returns its rows. */
    private static List<String> fillTable(String name) throws IOException {
        Path table = folder.resolve(name);
        DeltaSession.create(spark, "delta.`" + table + "`", "'delta.enableRowTracking' = 'true'");
        DeltaSession.insert(spark, "delta.`" + table + "`", 0, 300, 3);
        StoredFolder.upload(STORE, table, name + "/");
        return rows(table);
    }

    private static CompletableFuture<Row> optimize(String name, String more) {
        return call("optimize(path => '" + ROOT + name + "', options => map('single-writer', 'true'), effort => 'copy'"
                + more + ")");
    }

    private static void assertTable(String name, int added, Row answer, List<String> before) throws IOException {
        assertThat(answer.getInt(0)).as("rewritten files").isEqualTo(3 * added);
        assertThat(answer.getInt(1)).as("added files").isEqualTo(added);
        Path after = StoredFolder.download(STORE, name + "/", folder.resolve(name + "-after"));
        assertThat(rows(after)).isEqualTo(before);
        assertThat(glulams(name)).hasSize(added);
    }

    private static List<String> glulams(String name) {
        return STORE.keys().stream()
                .filter(key -> key.startsWith(name + "/") && key.endsWith("-glulam.parquet"))
                .toList();
    }

    /** Spark runs no second attempt at the only task of a job beside the first. */
    @Test
    void anExecutorThatIsKilledWhileItReadsOrPublishesLeavesNoTrace() throws Exception {
        for (String step : List.of("GET read/day=odd/.*", "PUT published/.*/part-00000-0-.*-glulam.parquet")) {
            String name = step.substring(4, step.indexOf('/'));
            List<String> before = fillTable(name);
            Hold hold = new Hold(step.substring(0, 3), step.substring(4));
            CompletableFuture<Row> run = optimize(name, ", where => 'day = ''odd'''");
            hold.awaitRequest();
            SparkCluster.kill(events.awaitOnlyOne());
            hold.release(); // The store carries out what the dead one has asked for.
            assertTable(name, 1, get(run), before);
            assertThat(glulams(name)).anyMatch(key -> key.contains("-1-"));
        }
    }

    @Test
    void anAttemptThatWasOvertakenPublishesNothing() throws Exception {
        List<String> before = fillTable("overtaken");
        Hold hold = new Hold("GET", "overtaken/day=odd/.*");
        CompletableFuture<Row> run = optimize("overtaken", "");
        hold.awaitRequest();
        Row answer = get(run);
        hold.release();
        events.awaitEnds(events.starts());
        assertTable("overtaken", 2, answer, before);
        assertThat(glulams("overtaken")).anyMatch(key -> key.contains("-1-"));
        assertThat(events.descriptions()).anyMatch(text -> text.contains("part 1 of 1, 2 new files"));
    }

    /** Makes partitions of four files each in the store. */
    private static Path fillFolder(String name, int partitions) throws IOException {
        Path plain = folder.resolve(name);
        spark.sql("SELECT id, concat('text ', id % 13) text, id % " + partitions + " dt FROM range(0, 400, 1, 4)")
                .write()
                .partitionBy("dt")
                .parquet(plain.toString());
        StoredFolder.upload(STORE, plain, name + "/");
        return plain;
    }

    private static void assertFolder(String name, Path plain, int partitions, Row answer) throws IOException {
        assertThat(answer.getInt(1)).as("inputs").isEqualTo(4 * partitions);
        assertThat(answer.getInt(3)).as("outputs").isEqualTo(partitions);
        Path merged = StoredFolder.download(STORE, name + "-merged/", folder.resolve(name + "-merged"));
        assertThat(plainRows(merged)).isEqualTo(plainRows(plain));
        assertThat(STORE.keys()).noneMatch(key -> key.contains("_glulam_tmp"));
    }

    private static List<String> plainRows(Path plain) {
        return spark.read().parquet(plain.toString()).orderBy("id").collectAsList().stream()
                .map(Row::toString)
                .toList();
    }

    private static CompletableFuture<Row> merge(String name) {
        return call(
                "merge(source => '" + ROOT + name + "/', target => '" + ROOT + name + "-merged/', effort => 'copy')");
    }

    @Test
    void aMergeGoesOnWithoutAnExecutorThatIsKilledWhileItPublishes() throws Exception {
        Path plain = fillFolder("killed", 1);
        Hold hold = new Hold("PUT", "killed-merged/_glulam_tmp/.*/00000-0.parquet");
        CompletableFuture<Row> run = merge("killed");
        hold.awaitRequest();
        SparkCluster.kill(events.awaitOnlyOne());
        hold.release();
        assertFolder("killed", plain, 1, get(run));
    }

    @Test
    void aSecondAttemptAtAMergesOutputDoesNotOvertakeOneThatMayPublish() throws Exception {
        Path plain = fillFolder("slow", 2);
        Hold hold = new Hold("PUT", "slow-merged/_glulam_tmp/.*/00001-0.parquet");
        CompletableFuture<Row> run = merge("slow");
        hold.awaitRequest();
        events.awaitDenied();
        hold.release();
        assertFolder("slow", plain, 2, get(run));
        events.awaitEnds(events.starts());
        assertThat(STORE.keys()).noneMatch(key -> key.contains("_glulam_tmp"));
    }
}
