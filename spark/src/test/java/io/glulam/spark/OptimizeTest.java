package io.glulam.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.spark.files.StoreAccess;
import io.glulam.spark.task.DeltaRunner;
import io.glulam.spark.task.TaskSettings;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.delta.DeltaRewrite;
import io.glulam.tables.delta.DeltaTables;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delta tables that Spark wrote are compacted by Spark's tasks, and read by Spark before and after. */
@Tag("once")
@Tag("spark")
class OptimizeTest {
    private static final String TRACKED = "'delta.enableRowTracking' = 'true', 'delta.columnMapping.mode' = 'name'";

    @TempDir
    static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void startSpark() {
        spark = DeltaSession.start("local[2]", folder, Map.of());
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    private static String sql(Path table) {
        return "delta.`" + table + "`";
    }

    /** Makes a table of two partitions with so many files each. */
    private static Path filled(String name, String properties, int files) {
        Path table = folder.resolve(name);
        DeltaSession.create(spark, sql(table), properties);
        DeltaSession.insert(spark, sql(table), 0, 100 * files, files);
        return table;
    }

    private static List<String> rows(String columns, String relation) {
        return SparkTable.rows(spark, "SELECT " + columns + " FROM " + relation + " ORDER BY id");
    }

    private static TableReport run(Path table, Map<String, String> options, Runnable beforeTasks, Runnable afterTasks) {
        TaskSettings settings = TaskSettings.of(spark.sparkContext(), "copy");
        StoreAccess access = StoreAccess.of(spark.sparkContext().hadoopConfiguration());
        String location = table.toString();
        DeltaRewrite rewrite = DeltaTables.rewrite(
                new TableAddress.Delta(location),
                () -> access.stores(location),
                settings.compaction(),
                TableRequest.defaults().withOptions(options));
        rewrite.plan();
        beforeTasks.run();
        DeltaRunner runner =
                new DeltaRunner(spark.sparkContext(), settings, access, location, rewrite.form(), rewrite.runId());
        return rewrite.run(
                (jobs, sink) -> {
                    runner.run(jobs, sink);
                    afterTasks.run();
                },
                TableListener.NONE);
    }

    @Test
    void aTableReadsTheSameBeforeAndAfterWithItsRowIdsAndRenamedColumns() {
        Path table = filled("tracked", TRACKED, 3);
        spark.sql("ALTER TABLE " + sql(table) + " RENAME COLUMN text TO title");
        spark.sql("ALTER TABLE " + sql(table) + " ADD COLUMN extra BIGINT");
        spark.sql("INSERT INTO " + sql(table) + " SELECT id, 't', 1.5, NULL, 'odd', id FROM range(300, 350, 1, 1)");
        String columns = "_metadata.row_id, _metadata.row_commit_version, *";
        List<String> before = rows(columns, sql(table));
        long version = DeltaSession.version(spark, sql(table));

        Row row = spark.sql("CALL glulam.system.optimize(path => '" + table + "')")
                .first();

        assertThat(row.getInt(0)).as("rewritten files").isEqualTo(7);
        assertThat(row.getInt(1)).as("added files").isEqualTo(2);
        assertThat(row.getLong(7)).as("version").isEqualTo(version + 1);
        assertThat(DeltaSession.live(spark, sql(table))).hasSize(2).allMatch(name -> name.endsWith("-glulam.parquet"));
        assertThat(rows(columns, sql(table))).isEqualTo(before);
        assertThat(rows(columns, sql(table) + " VERSION AS OF " + version)).isEqualTo(before);
        assertThat(spark.sql("CALL glulam.system.optimize(path => '" + table + "')")
                        .first()
                        .getInt(0))
                .isZero();
    }

    @Test
    void aTableIsFoundByItsNameAndPartitionsAreSelected() {
        DeltaSession.create(spark, "named", "'delta.minReaderVersion' = '1'");
        DeltaSession.insert(spark, "named", 0, 300, 3);
        List<String> before = rows("*", "named");
        Row row = spark.sql("CALL glulam.system.optimize(table => 'spark_catalog.default.named',"
                        + " where => 'day = ''odd''', effort => 'copy')")
                .first();
        assertThat(row.getInt(0)).isEqualTo(3);
        assertThat(row.getInt(1)).isEqualTo(1);
        assertThat(row.getInt(4)).as("left files").isEqualTo(3);
        assertThat(rows("*", "named")).isEqualTo(before);
    }

    @Test
    void filesWithDeletionVectorsAreLeftUnlessTheirDeletesAreApplied() {
        Path table = filled("deleted", TRACKED + ", 'delta.enableDeletionVectors' = 'true'", 3);
        spark.sql("DELETE FROM " + sql(table) + " WHERE id % 10 = 3");
        String columns = "_metadata.row_id, _metadata.row_commit_version, *";
        List<String> before = rows(columns, sql(table));
        assertThat(before).hasSize(270);
        String call = "CALL glulam.system.optimize(path => '" + table + "'";

        Row left = spark.sql(call + ")").first();
        assertThat(left.getInt(0)).as("rewritten files without deletes").isEqualTo(3);
        assertThat(left.getInt(4)).as("left files").isEqualTo(3);
        assertThat(rows(columns, sql(table))).isEqualTo(before);

        Row applied = spark.sql(call + ", apply_deletes => true)").first();
        assertThat(applied.getInt(0)).as("rewritten files with deletes").isEqualTo(3);
        assertThat(applied.getInt(1)).isEqualTo(1);
        assertThat(rows(columns, sql(table))).isEqualTo(before);
        assertThat(spark.sql("DESCRIBE DETAIL " + sql(table)).first().<Long>getAs("numFiles"))
                .isEqualTo(2);
    }

    @Test
    void aDryRunAndInspectChangeNothing() {
        Path table = filled("dry", TRACKED, 3);
        Set<String> files = DeltaSession.files(table);
        long version = DeltaSession.version(spark, sql(table));
        Row row = spark.sql("CALL glulam.system.optimize(path => '" + table + "', dry_run => true)")
                .first();
        assertThat(row.getInt(0)).isEqualTo(6);
        assertThat(row.getInt(1)).isEqualTo(2);
        assertThat(row.getString(8)).startsWith("dry run: ");
        List<Row> partitions =
                spark.sql("CALL glulam.system.inspect(path => '" + table + "')").collectAsList();
        assertThat(partitions).hasSize(2).allMatch(partition -> partition.getInt(5) == 3);
        assertThat(DeltaSession.files(table)).isEqualTo(files);
        assertThat(DeltaSession.version(spark, sql(table))).isEqualTo(version);
    }

    @Test
    void whatCannotBeMeantIsRefusedWithASentence() {
        Path table = filled("refused", TRACKED, 1);
        assertThatThrownBy(() -> spark.sql("CALL glulam.system.optimize()"))
                .hasMessageContaining("optimize takes path or table");
        assertThatThrownBy(() -> spark.sql("CALL glulam.system.optimize(path => 'hdfs://host/table')"))
                .hasMessageContaining("local files and S3 only");
        assertThatThrownBy(() -> spark.sql(
                        "CALL glulam.system.optimize(path => '" + table + "', options => map('sort-order', 'id'))"))
                .hasMessageContaining("has no option sort-order");
    }

    @Test
    void anAppendMeanwhileStaysAndADeleteMeanwhileStopsTheCommit() {
        Path table = filled("concurrent", TRACKED, 3);
        TableReport report = run(table, Map.of(), () -> {}, () -> DeltaSession.insert(spark, sql(table), 300, 100, 1));
        assertThat(report.counts().rewrittenDataFiles()).isEqualTo(6);
        assertThat(rows("id", sql(table))).hasSize(400);
        Set<String> files = DeltaSession.files(table);

        assertThatThrownBy(() ->
                        run(table, Map.of(), () -> {}, () -> spark.sql("DELETE FROM " + sql(table) + " WHERE id = 3")))
                .isInstanceOf(SourceChanged.class);
        assertThat(rows("id", sql(table))).hasSize(399);
        assertThat(glulams(DeltaSession.files(table))).isEqualTo(glulams(files));
    }

    private static Set<String> glulams(Set<String> files) {
        Set<String> own = new TreeSet<>(files);
        own.removeIf(name -> !name.endsWith("-glulam.parquet"));
        return own;
    }

    private static Path source(Path table, String partition) throws Exception {
        try (Stream<Path> files = Files.list(table.resolve("day=" + partition))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aTaskThatFailsUndoesTheOthersUnlessProgressIsPartial() throws Exception {
        Path table = filled("failing", "'delta.minReaderVersion' = '1'", 3);
        Path lost = source(table, "odd");
        Path aside = folder.resolve("aside.parquet");
        Runnable take = () -> move(lost, aside);
        assertThatThrownBy(() -> run(table, Map.of(), take, () -> {})).isInstanceOf(StorageFailed.class);
        assertThat(glulams(DeltaSession.files(table))).isEmpty();

        move(aside, lost);
        TableReport report = run(table, Map.of("partial-progress.enabled", "true"), take, () -> {});
        move(aside, lost);
        assertThat(report.counts().rewrittenDataFiles()).isEqualTo(3);
        assertThat(report.counts().failedDataFiles()).isEqualTo(3);
        assertThat(glulams(DeltaSession.files(table))).hasSize(1);
        assertThat(rows("id", sql(table))).hasSize(300);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The footer can be read, so that only the task finds out. */
    @Test
    void aGroupWithADamagedFileIsLeftAndTheOtherIsMerged() throws Exception {
        Path table = filled("damaged", "'delta.minReaderVersion' = '1'", 3);
        try (RandomAccessFile file = new RandomAccessFile(source(table, "odd").toFile(), "rw")) {
            file.seek(4);
            file.write(new byte[40]);
        }
        TableReport report = run(table, Map.of(), () -> {}, () -> {});
        assertThat(report.counts().rewrittenDataFiles()).isEqualTo(3);
        assertThat(report.counts().failedDataFiles()).isEqualTo(3);
        assertThat(report.notes()).anyMatch(note -> note.contains("a group was left as it is"));
        assertThat(glulams(DeltaSession.files(table))).hasSize(1);
    }
}
