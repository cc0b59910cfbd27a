package io.glulam.bench.tables;

import io.glulam.testkit.line.LineProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table that both compact.
 *
 * @param title as the report shows it
 * @param address as glulam takes it
 * @param relation as Spark's SQL names it
 * @param files number of small files
 * @param partitions number of partitions, each of which becomes one file
 * @param rows of the table
 * @param delta whether it is a Delta table; else it is an Iceberg table of the catalog {@code local}
 * @param deleted a condition of the rows that are deleted, by position deletes, before it is compacted; empty for none
 */
record BenchTable(
        String title,
        String address,
        String relation,
        int files,
        int partitions,
        long rows,
        boolean delta,
        String deleted) {
    /** The column numFiles of Delta's {@code DESCRIBE DETAIL}; sizeInBytes follows it. */
    private static final int DETAIL_FILES = 9;

    static BenchTable iceberg(String title, String name, int files, int partitions, long rows) {
        return new BenchTable(
                title, "iceberg:local.db." + name, "local.db." + name, files, partitions, rows, false, "");
    }

    /** The same with deleted rows. */
    BenchTable withDeleted(String condition) {
        return new BenchTable(title, address, relation, files, partitions, rows, delta, condition);
    }

    static BenchTable delta(String title, Path folder, int files, int partitions, long rows) {
        return new BenchTable(title, "delta:" + folder, "delta.`" + folder + "`", files, partitions, rows, true, "");
    }

    /** The statement by which Spark compacts it. */
    String rewrite() {
        if (delta) {
            return "OPTIMIZE " + relation;
        }
        String options = deleted.isEmpty() ? "" : ", options => map('delete-file-threshold', '1')";
        return "CALL local.system.rewrite_data_files(table => '" + name() + "'" + options + ")";
    }

    /** The statement by which Spark's executors compact it with glulam's code; only for Iceberg tables. */
    String glulam(String effort, Map<String, String> options) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(options).forEach((key, value) -> pairs.add("'" + key + "', '" + value + "'"));
        String map = pairs.isEmpty() ? "" : ", options => map(" + String.join(", ", pairs) + ")";
        return "CALL glulam.system.rewrite_data_files(table => '" + relation + "', effort => '" + effort + "'" + map
                + ")";
    }

    /** The options of glulam's {@code compact}. */
    List<String> options() {
        return deleted.isEmpty() ? List.of("--quiet") : List.of("--json", "--apply-deletes");
    }

    /** The statement that deletes rows without rewriting files. */
    String delete() {
        return "DELETE FROM " + relation + " WHERE " + deleted;
    }

    /** Whether {@link #delete} was not done, as when a run ended before. */
    boolean hasRowsToDelete(LineProcess spark) {
        String query = "SELECT count(*) FROM " + relation + " WHERE " + deleted;
        return !spark.ask(query).rows().get(0).get(0).equals("0");
    }

    /** The statement that makes it, of what a query gives. */
    String create(String query) {
        String partitioned = partitions > 1 ? " PARTITIONED BY (part)" : "";
        return delta
                ? "CREATE TABLE " + relation + " USING delta" + partitioned + " AS " + query
                : "CREATE TABLE " + relation + " USING iceberg" + partitioned
                        + " TBLPROPERTIES ('format-version' = '2', 'write.distribution-mode' = 'none',"
                        + " 'write.delete.mode' = 'merge-on-read') AS " + query;
    }

    /** The snapshot or version that it has. */
    String state(LineProcess spark) {
        String query = delta
                ? "DESCRIBE HISTORY " + relation + " LIMIT 1"
                : "SELECT snapshot_id FROM " + relation + ".refs WHERE name = 'main'";
        return spark.ask(query).rows().get(0).get(0);
    }

    /** Takes back a compaction: the table has the small files again. */
    void restore(LineProcess spark, String state) {
        spark.ask(
                delta
                        ? "RESTORE TABLE " + relation + " TO VERSION AS OF " + state
                        : "CALL local.system.rollback_to_snapshot('" + name() + "', " + state + ")");
    }

    /** Deletes the files of compactions that were taken back. */
    void clean(LineProcess spark) {
        if (delta) {
            spark.ask("SET spark.databricks.delta.retentionDurationCheck.enabled=false");
            spark.ask("VACUUM " + relation + " RETAIN 0 HOURS");
        } else {
            spark.ask("CALL local.system.expire_snapshots(table => '" + name()
                    + "', older_than => TIMESTAMP '2100-01-01 00:00:00', retain_last => 1)");
        }
    }

    /** Number and bytes of its files. */
    List<String> size(LineProcess spark) {
        String query = delta
                ? "DESCRIBE DETAIL " + relation
                : "SELECT count(*), sum(file_size_in_bytes) FROM " + relation + ".data_files";
        List<String> row = spark.ask(query).rows().get(0);
        return delta ? row.subList(DETAIL_FILES, DETAIL_FILES + 2) : row;
    }

    /** Number of rows, and a hash of all values. */
    List<String> fingerprint(LineProcess spark) {
        return spark.ask("SELECT count(*), bit_xor(xxhash64(*)) FROM " + relation)
                .rows()
                .get(0);
    }

    /** Its own folder; of an Iceberg table below its namespace's. */
    Path folder() {
        return Path.of(
                delta ? address.substring("delta:".length()) : relation.substring(relation.lastIndexOf('.') + 1));
    }

    private String name() {
        return relation.substring("local.".length());
    }
}
