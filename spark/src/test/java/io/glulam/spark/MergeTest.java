package io.glulam.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain Parquet files that Spark wrote are merged by Spark's tasks, partition by partition, and read by Spark. */
@Tag("once")
@Tag("spark")
class MergeTest {
    @TempDir
    static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void startSpark() {
        spark = SparkTable.session(
                "local[2]",
                folder,
                Map.of("spark.sql.codegen.wholeStage", "false", "spark.sql.adaptive.enabled", "false"));
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    /** Adds files to each of two partitions. */
    private static void write(Path raw, long first, int rows, int files) {
        spark.sql("SELECT id, if(id % 7 = 0, NULL, concat('text ', id % 13)) text,"
                        + " IF(id % 11 = 0, CAST('NaN' AS DOUBLE), id / 3) number,"
                        + " IF(id % 5 = 0, NULL, array(CAST(id AS STRING))) tags,"
                        + " if(id % 2 = 0, '2026-11-01', '2026-11-02') dt FROM range(" + first + ", " + (first + rows)
                        + ", 1, " + files + ")")
                .write()
                .mode("append")
                .partitionBy("dt")
                .parquet(raw.toString());
    }

    private static List<String> rows(Path folder) {
        return spark.read().parquet(folder.toString()).orderBy("id").collectAsList().stream()
                .map(Row::toString)
                .toList();
    }

    private static Row call(Path source, Path target, String more) {
        return spark.sql("CALL glulam.system.merge(source => '" + source + "/', target => '" + target + "/'" + more
                        + ")")
                .first();
    }

    /** All files of a folder, by their paths in it. */
    private static Set<String> files(Path root) throws IOException {
        if (!Files.exists(root)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void filesAreMergedPartitionByPartitionAndASecondRunAddsOnlyWhatIsNew() throws IOException {
        Path raw = folder.resolve("raw");
        Path merged = folder.resolve("merged");
        write(raw, 0, 300, 3);
        Row dry = call(raw, merged, ", dry_run => true");
        assertThat(dry.getString(8)).startsWith("dry run: ");
        assertThat(dry.getInt(3)).isEqualTo(2);
        assertThat(files(merged)).isEmpty();

        Row first = call(raw, merged, "");
        assertThat(first.getString(0)).isEqualTo("MERGED");
        assertThat(first.getInt(1)).as("inputs").isEqualTo(6);
        assertThat(first.getInt(3)).as("outputs").isEqualTo(2);
        assertThat(first.getLong(5)).as("rows").isEqualTo(300);
        assertThat(rows(merged)).isEqualTo(rows(raw));

        write(raw, 300, 100, 1);
        Row second = call(raw, merged, "");
        assertThat(second.getInt(1)).isEqualTo(2);
        assertThat(second.getInt(3)).isEqualTo(2);
        assertThat(rows(merged)).isEqualTo(rows(raw));
        assertThat(call(raw, merged, "").getString(0)).isEqualTo("NO_CANDIDATES");
        assertThat(files(merged)).noneMatch(file -> file.startsWith("_glulam_tmp"));
    }

    @Test
    void aPatternChoosesPartitionsAndOptionsHaveTheirNames() throws IOException {
        Path raw = folder.resolve("patterns");
        write(raw, 0, 200, 2);
        Path merged = folder.resolve("chosen");
        Row row = call(
                raw.resolve("dt=2026-11-*2"), merged, ", options => map('min-input-files', '2'), effort => 'copy'");
        assertThat(row.getInt(1)).isEqualTo(2);
        assertThat(files(merged))
                .contains("dt=2026-11-02/part-00000.parquet")
                .noneMatch(name -> name.contains("11-01"));
        assertThatThrownBy(() -> call(raw, merged, ", options => map('replace', 'true')"))
                .hasMessageContaining("a merge on a cluster deletes no inputs");
        assertThatThrownBy(() -> call(raw, merged, ", options => map('sort', 'id')"))
                .hasMessageContaining("merge has no option sort");
    }

    /** The first task's output is published; the damaged file stops the other one's. */
    @Test
    void aTaskThatFailsLeavesNoFileAndTheNextRunMergesTheRest() throws IOException {
        Path raw = folder.resolve("damaged");
        write(raw, 0, 300, 3);
        Path merged = folder.resolve("partly");
        Path victim;
        try (Stream<Path> files = Files.list(raw.resolve("dt=2026-11-02"))) {
            victim = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] whole = Files.readAllBytes(victim);
        try (RandomAccessFile file = new RandomAccessFile(victim.toFile(), "rw")) {
            file.seek(4);
            file.write(new byte[60]);
        }
        assertThatThrownBy(() -> call(raw, merged, ""))
                .hasMessageContaining(victim.getFileName().toString());
        assertThat(files(merged)).noneMatch(file -> file.startsWith("_glulam_tmp"));
        assertThat(files(merged)).noneMatch(file -> file.startsWith("dt=2026-11-02"));

        Files.write(victim, whole);
        call(raw, merged, "");
        assertThat(rows(merged)).isEqualTo(rows(raw));
    }
}
