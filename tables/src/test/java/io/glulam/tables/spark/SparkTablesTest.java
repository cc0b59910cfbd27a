package io.glulam.tables.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.TableReport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that Spark has written and changed are compacted; then Spark and DuckDB read the same rows as before. */
@Tag("once")
@Tag("spark")
@EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "Spark's Hadoop needs the security manager's classes")
class SparkTablesTest {
    private static final String COLUMNS = "id bigint, name string, score int, price double, amount decimal(12, 2),"
            + " at timestamp, note string, tags array<string>, place struct<lat: double, city: string>, day string";

    /** Rows of {@code count} ids from {@code first} on, in three files a partition. */
    private static final String ROWS = "SELECT id, if(id %% 5 = 0, NULL, concat('n', id)), CAST(id %% 100 AS int),"
            + " if(id %% 11 = 0, CAST('NaN' AS double), id / 3), CAST(id / 7 AS decimal(12, 2)),"
            + " timestamp_micros(1700000000000000 + id * 1000003), concat('note ', id), array('a', CAST(id AS string)),"
            + " named_struct('lat', id / 9, 'city', if(id %% 2 = 0, NULL, 'city')),"
            + " if(id %% 2 = 0, 'even', 'odd') FROM range(%1$d, %1$d + %2$d, 1, 3)";

    /** As {@link #ROWS}, after the columns were changed. */
    private static final String CHANGED_ROWS = "SELECT id, concat('n', id), CAST(id %% 100 AS int),"
            + " id / 3, CAST(id / 7 AS decimal(12, 2)), timestamp_micros(1700000000000000 + id * 1000003),"
            + " array('b'), named_struct('lat', id / 9, 'city', 'town'),"
            + " if(id %% 2 = 0, 'even', 'odd'), id * 2 FROM range(%1$d, %1$d + %2$d, 1, 3)";

    private static final String FLAT = "id, title, score, price, amount, at, day, extra";
    private static final String ALL = FLAT + ", tags, place";

    /** The flat columns as new files have them. Older files have the names and types of the time when they were written. */
    private static final String IN_NEW_FILES = "id, title, score, price, amount, \"at\", extra";

    private static final String IN_OLD_FILES = "id, coalesce(title, name), score::bigint, price, amount, \"at\", extra";

    @TempDir
    private static Path folder;

    private static SparkOracle spark;

    @BeforeAll
    static void start() throws IOException {
        spark = SparkOracle.start(folder);
        spark.run("CREATE NAMESPACE IF NOT EXISTS local.db");
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void anIcebergTableReadsTheSameBeforeAndAfter(int version) throws SQLException {
        String table = "local.db.v" + version;
        spark.run(
                "CREATE TABLE " + table + " (" + COLUMNS + ") USING iceberg PARTITIONED BY (day) TBLPROPERTIES"
                        + " ('format-version' = '" + version + "', 'write.distribution-mode' = 'none',"
                        + " 'write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'copy-on-write')",
                "INSERT INTO " + table + " " + ROWS.formatted(0, 300),
                "ALTER TABLE " + table + " RENAME COLUMN name TO title",
                "ALTER TABLE " + table + " DROP COLUMN note",
                "ALTER TABLE " + table + " ALTER COLUMN score TYPE bigint",
                "ALTER TABLE " + table + " ADD COLUMN extra bigint",
                "INSERT INTO " + table + " " + CHANGED_ROWS.formatted(300, 300),
                "UPDATE " + table + " SET title = 'updated' WHERE id BETWEEN 400 AND 405",
                "DELETE FROM " + table + " WHERE id IN (3, 4, 390)");
        String lineage = version == 3 ? "_row_id, _last_updated_sequence_number, " : "";
        String snapshot = spark.row("SELECT snapshot_id FROM " + table + ".snapshots ORDER BY committed_at DESC")
                .get(0);
        List<String> before = spark.fingerprint(lineage + ALL, table);
        List<String> flat = spark.fingerprint(lineage + FLAT, table);
        Set<String> filesBefore = files(table);

        TableReport report = spark.compactIceberg("v" + version);

        assertThat(report.outcome()).isEqualTo(Outcome.COMPACTED);
        assertThat(report.counts().rewrittenDataFiles()).isGreaterThanOrEqualTo(6);
        assertThat(report.plan().left())
                .extracting(LeftFiles::reason)
                .contains(version == 3 ? LeftReason.DELETION_VECTOR : LeftReason.POSITION_DELETES);
        String old = table + " VERSION AS OF " + snapshot;
        assertThat(spark.fingerprint(lineage + ALL, table)).isEqualTo(before);
        assertThat(spark.fingerprint(lineage + ALL, old)).as("time travel").isEqualTo(before);
        for (boolean vectorised : new boolean[] {true, false}) {
            spark.run("SET spark.sql.iceberg.vectorization.enabled=" + vectorised);
            assertThat(spark.fingerprint(lineage + FLAT, table))
                    .as("vectorised: " + vectorised)
                    .isEqualTo(flat);
        }
        Set<String> filesAfter = files(table);
        assertThat(LiveFiles.fingerprint(IN_NEW_FILES, without(filesAfter, filesBefore)))
                .as("new files")
                .isEqualTo(LiveFiles.fingerprint(IN_OLD_FILES, without(filesBefore, filesAfter)));
    }

    @Test
    @EnabledIfSystemProperty(named = "glulam.spark", matches = ".+", disabledReason = ".ci/nightly")
    void sparkGoesOnWithAnIcebergTableThatWasCompacted() {
        String table = "local.db.continued";
        spark.run(
                "CREATE TABLE " + table + " (id bigint, v string) USING iceberg TBLPROPERTIES ('format-version' = '3',"
                        + " 'write.delete.mode' = 'merge-on-read')",
                "INSERT INTO " + table + " SELECT id, 'a' FROM range(0, 30, 1, 3)");
        spark.compactIceberg("continued");
        List<List<String>> ids = spark.rows("SELECT id, _row_id FROM " + table + " WHERE id > 9 ORDER BY id");

        spark.run(
                "DELETE FROM " + table + " WHERE id < 10",
                "INSERT INTO " + table + " SELECT id, 'b' FROM range(30, 40)",
                "CALL local.system.rewrite_data_files(table => 'db.continued', options => map('rewrite-all', 'true'))");

        assertThat(spark.row("SELECT count(*), count(DISTINCT _row_id), sum(id) FROM " + table))
                .containsExactly("30", "30", "735");
        assertThat(spark.rows("SELECT id, _row_id FROM " + table + " WHERE id BETWEEN 10 AND 29 ORDER BY id"))
                .isEqualTo(ids);
    }

    @Test
    void aDeltaTableReadsTheSameBeforeAndAfter() {
        Path folderOfTable = folder.resolve("delta");
        String table = "delta.`" + folderOfTable + "`";
        spark.run(
                "CREATE TABLE " + table + " (" + COLUMNS + ") USING delta PARTITIONED BY (day) TBLPROPERTIES"
                        + " ('delta.columnMapping.mode' = 'name', 'delta.enableRowTracking' = 'true',"
                        + " 'delta.enableDeletionVectors' = 'true')",
                "INSERT INTO " + table + " " + ROWS.formatted(0, 300),
                "ALTER TABLE " + table + " RENAME COLUMN name TO title",
                "ALTER TABLE " + table + " DROP COLUMN note",
                "ALTER TABLE " + table + " ADD COLUMN extra bigint",
                "INSERT INTO " + table
                        + " (id, title, score, price, amount, at, tags, place, day, extra) "
                        + CHANGED_ROWS.formatted(300, 300),
                "UPDATE " + table + " SET title = 'updated' WHERE id BETWEEN 400 AND 405",
                "DELETE FROM " + table + " WHERE id IN (3, 4, 390)");
        String tracked = "_metadata.row_id, _metadata.row_commit_version, ";
        String version = spark.row("DESCRIBE HISTORY " + table + " LIMIT 1").get(0);
        List<String> before = spark.fingerprint(tracked + ALL, table);

        TableReport report = spark.compactDelta(folderOfTable);

        assertThat(report.outcome()).isEqualTo(Outcome.COMPACTED);
        assertThat(report.plan().left()).extracting(LeftFiles::reason).contains(LeftReason.DELETION_VECTOR);
        String old = table + " VERSION AS OF " + version;
        assertThat(spark.fingerprint(tracked + ALL, old)).as("time travel").isEqualTo(before);
        for (boolean vectorised : new boolean[] {true, false}) {
            spark.run("SET spark.sql.parquet.enableVectorizedReader=" + vectorised);
            assertThat(spark.fingerprint(tracked + ALL, table))
                    .as("vectorised: " + vectorised)
                    .isEqualTo(before);
        }
        spark.run("SET spark.sql.parquet.enableVectorizedReader=true");

        TableReport applied = spark.compactDelta(folderOfTable, true);

        assertThat(applied.deletes().rows()).isEqualTo(3 + 6); // Spark updates by vectors, too.
        assertThat(applied.plan().left()).extracting(LeftFiles::reason).doesNotContain(LeftReason.DELETION_VECTOR);
        assertThat(spark.fingerprint(tracked + ALL, table))
                .as("deletes applied")
                .isEqualTo(before);
        assertThat(spark.fingerprint(tracked + ALL, old)).as("time travel").isEqualTo(before);
        assertThat(spark.row("SELECT min(id), max(id), count(*), count(title) FROM " + table))
                .isEqualTo(spark.row("SELECT min(id), max(id), count(*), count(title) FROM " + old));
    }

    /** Paths in the log are encoded as in a URI; Spark escapes some characters of partition values before that. */
    @Test
    void pathsOfADeltaTableMayHoldAnyCharacter() {
        Path folderOfTable = folder.resolve("a b%20ü#");
        String table = "delta.`" + folderOfTable + "`";
        String rows = " SELECT id, kind FROM range(%d, %d, 1, 1) CROSS JOIN (VALUES ('a b'), ('50%%'), ('a%%20b'),"
                + " ('x=1'), ('a/b?c#d'), ('a+b'), ('müße 漢字'), (NULL)) AS kinds(kind)";
        spark.run(
                "CREATE TABLE " + table + " (id bigint, kind string) USING delta PARTITIONED BY (kind)"
                        + " TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
                "INSERT INTO " + table + rows.formatted(0, 5),
                "INSERT INTO " + table + rows.formatted(5, 10),
                "DELETE FROM " + table + " WHERE id = 7");
        List<String> before = spark.fingerprint("id, kind", table);

        TableReport report = spark.compactDelta(folderOfTable, true);

        assertThat(report.plan().left()).isEmpty();
        assertThat(report.counts().rewrittenDataFiles()).isEqualTo(16);
        assertThat(report.counts().addedDataFiles()).isEqualTo(8);
        assertThat(report.deletes().rows()).isEqualTo(8);
        assertThat(spark.fingerprint("id, kind", table)).isEqualTo(before);
        assertThat(spark.rows("SELECT id, kind FROM " + table + " WHERE kind = 'a b' ORDER BY id"))
                .hasSize(9);
    }

    @Test
    @EnabledIfSystemProperty(named = "glulam.spark", matches = ".+", disabledReason = ".ci/nightly")
    void sparkGoesOnWithADeltaTableThatWasCompacted() {
        Path folderOfTable = folder.resolve("continued");
        String table = "delta.`" + folderOfTable + "`";
        spark.run(
                "CREATE TABLE " + table + " (id bigint, v string) USING delta TBLPROPERTIES"
                        + " ('delta.enableRowTracking' = 'true', 'delta.enableDeletionVectors' = 'true')",
                "INSERT INTO " + table + " SELECT id, 'a' FROM range(0, 30, 1, 3)");
        spark.compactDelta(folderOfTable);
        String tracked = "_metadata.row_id, _metadata.row_commit_version, id, v";
        List<String> before = spark.fingerprint(tracked, table + " WHERE id > 9");

        spark.run(
                "DELETE FROM " + table + " WHERE id < 10",
                "INSERT INTO " + table + " SELECT id, 'b' FROM range(30, 40)",
                "OPTIMIZE " + table);

        assertThat(spark.row("SELECT count(*), sum(id) FROM " + table)).containsExactly("30", "735");
        assertThat(spark.fingerprint(tracked, table + " WHERE id BETWEEN 10 AND 29"))
                .isEqualTo(before);
    }

    private static Set<String> files(String table) {
        List<List<String>> paths = new ArrayList<>(spark.rows("SELECT file_path FROM " + table + ".data_files"));
        return paths.stream().map(row -> row.get(0)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> files, Set<String> others) {
        Set<String> rest = new HashSet<>(files);
        rest.removeAll(others);
        return rest;
    }
}
