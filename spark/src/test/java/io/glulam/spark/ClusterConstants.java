package io.glulam.spark;

import com.sun.management.OperatingSystemMXBean;
import io.glulam.tables.TableReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * Measures the constants of bench's {@code ClusterModel}: processor seconds of tasks and of the driver, on Iceberg tables of
 * copies of one file. Arguments: a folder, then of each run files, rows of each file, and MiB of a new file, such as
 * {@code 300x5000x32}; the first warms up. Not a test.
 */
final class ClusterConstants {
    private final SparkSession spark;
    private final AtomicLong tasks = new AtomicLong();
    private final AtomicLong taskNanos = new AtomicLong();
    private int tables;

    private ClusterConstants(SparkSession spark) {
        this.spark = spark;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "constants");
        SparkSession spark = SparkTable.session("local[2]", folder, Map.of("spark.sql.adaptive.enabled", "false"));
        try {
            ClusterConstants constants = new ClusterConstants(spark);
            spark.sparkContext().addSparkListener(constants.new Tasks());
            System.out.println("| effort | files | bytes | tasks | task seconds | all seconds |");
            for (int i = 1; i < arguments.length; i++) {
                String[] work = arguments[i].split("x");
                for (String effort : new String[] {"copy", "balanced"}) {
                    constants.run(
                            effort, Integer.parseInt(work[0]), Integer.parseInt(work[1]), Long.parseLong(work[2]));
                }
            }
        } finally {
            spark.stop();
        }
    }

    private final class Tasks extends SparkListener {
        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            tasks.incrementAndGet();
            taskNanos.addAndGet(end.taskMetrics().executorCpuTime());
        }
    }

    private static double seconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private void run(String effort, int files, int rows, long target) throws IOException, InterruptedException {
        Table table = copies(files, rows);
        long bytes = Long.parseLong(table.currentSnapshot().summary().get("total-files-size"));
        Thread.sleep(500); // Listeners hear of tasks later.
        tasks.set(0);
        taskNanos.set(0);
        double before = seconds();
        TableReport report = GlulamActions.get(spark)
                .rewriteDataFiles(table)
                .effort(effort)
                .option("min-input-files", "2")
                .option("target-file-size-bytes", Long.toString(target << 20))
                .execute()
                .report();
        double all = seconds() - before;
        Thread.sleep(500);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %d | %.2f | %.2f |%n",
                effort,
                report.counts().rewrittenDataFiles(),
                bytes,
                tasks.get(),
                taskNanos.get() / 1e9,
                all);
    }

    /** A table whose files are copies of one that Spark wrote. */
    private Table copies(int files, int rows) throws IOException {
        String name = "local.db.t" + tables++;
        spark.sql("CREATE TABLE " + name
                + " (id BIGINT, text STRING, number DOUBLE, day INT, code STRING) USING iceberg");
        spark.sql("INSERT INTO " + name + " SELECT id, concat('text ', hash(id)), rand(1), CAST(id % 100 AS INT),"
                + " concat('c', id % 1000) FROM range(0, " + rows + ", 1, 1)");
        Table table = SparkTable.load(spark, name);
        Path data = Path.of(table.location().replaceFirst("^file:", "")).resolve("data");
        Path first;
        try (Stream<Path> all = Files.list(data)) {
            first = all.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        AppendFiles append = table.newAppend();
        for (int i = 1; i < files; i++) {
            Path copy = Files.copy(first, data.resolve("copy-" + i + ".parquet"));
            append.appendFile(DataFiles.builder(PartitionSpec.unpartitioned())
                    .withPath(copy.toString())
                    .withFormat("parquet")
                    .withFileSizeInBytes(Files.size(copy))
                    .withRecordCount(rows)
                    .build());
        }
        append.commit();
        table.refresh();
        return table;
    }
}
