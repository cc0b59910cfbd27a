package io.glulam.bench.tables;

import io.glulam.bench.measure.Numbers;
import io.glulam.testkit.line.LineProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What glulam takes to compact an Iceberg table by Spark's executors, beside Iceberg's own procedure in the same session. */
public final class ClusterReport {
    private static final int FILES = 2_000;
    private static final int PARTITIONS = 8;
    private static final long ROWS = 68_000_000;
    private static final int MANY_FILES = 100_000;

    /** Tasks for each partition by which the driver's time for a task is found. */
    private static final int MANY_TASKS = 12;

    private final Path root;
    private final SparkProcesses sparks;
    private final double scale;

    /**
     * @param root the project's folder
     * @param folder of inputs and outputs
     * @param scale of the table's files: all of them have 1.5 MB
     */
    public ClusterReport(Path root, Path folder, double scale) throws IOException {
        Path tables = folder.resolve("tables");
        Files.createDirectories(tables.resolve("home/jars"));
        this.root = root;
        this.sparks = new SparkProcesses(root, tables);
        this.scale = scale;
    }

    /** Both procedures in turns; glulam with one executor and with two, and with few tasks and with many. */
    public String run(int rounds) throws IOException {
        BenchTable table = table();
        Prepared prepared;
        List<List<ClusterTurns.Turn>> two;
        try (LineProcess spark = cluster(2)) {
            prepared = sparks.prepare(spark, table);
            long target = Math.max(1, Long.parseLong(prepared.size().get(1)) / PARTITIONS / MANY_TASKS);
            two = new ClusterTurns(spark, prepared)
                    .run(
                            List.of(
                                    own(table, ""),
                                    table.rewrite(),
                                    own(
                                            table,
                                            ", options => map('rewrite-all', 'true', 'target-file-size-bytes', '"
                                                    + target + "', 'max-file-size-bytes', '" + 2 * target + "')")),
                            rounds);
        }
        return text(prepared, two, alone(prepared, 2, rounds), alone(prepared, 1, rounds));
    }

    /** Glulam in a session of its own, in which nothing else warms the executors up. */
    private List<ClusterTurns.Turn> alone(Prepared prepared, int executors, int rounds) throws IOException {
        try (LineProcess spark = cluster(executors)) {
            List<List<ClusterTurns.Turn>> turns =
                    new ClusterTurns(spark, prepared).run(List.of(own(prepared.table(), "")), rounds);
            prepared.table().clean(spark);
            return turns.get(0);
        }
    }

    /** What the driver does for a table whose files are in its manifests only, beside Iceberg's own planner and commits. */
    public String driver(int rounds) throws IOException, InterruptedException {
        int count = (int) Math.max(1_000, MANY_FILES * scale);
        Path folder = Files.createTempDirectory(sparks.folder(), "driver");
        List<String> command = sparks.program(
                "io.glulam.spark.DriverTimes",
                List.of(root.resolve("spark/target/test-classes").toString(), jar().toString()),
                List.of(folder.toString(), Integer.toString(count), Integer.toString(rounds)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(sparks.log().toFile()))
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the driver's times failed, see " + sparks.log());
        }
        return answer;
    }

    private BenchTable table() {
        int files = Math.max(5, (int) Math.round(FILES * scale / PARTITIONS)) * PARTITIONS;
        return BenchTable.iceberg("Iceberg", "cluster" + files, files, PARTITIONS, ROWS / FILES * files);
    }

    private static String own(BenchTable table, String more) {
        return "CALL glulam.system.rewrite_data_files(table => '" + table.relation() + "', effort => 'copy'" + more
                + ")";
    }

    /** A session with executors of one core and 1 GiB each. Spark looks for its jars in a folder, which is empty. */
    private LineProcess cluster(int executors) throws IOException {
        String jar = jar().toString();
        Map<String, String> settings = new HashMap<>();
        settings.put("spark.master", "local-cluster[" + executors + ",1,1024]");
        settings.put("spark.executor.memory", "1024m");
        settings.put("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
        settings.put("spark.executor.extraClassPath", jar + ":" + sparks.classPath());
        settings.put("spark.sql.catalog.glulam", "io.glulam.spark.GlulamCatalog");
        return sparks.start(settings, List.of(jar), sparks.folder().resolve("home"));
    }

    private Path jar() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("spark/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("glulam-spark-4_2\\.13-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar: mvn -pl spark -am -DskipTests package"));
        }
    }

    private static String text(
            Prepared prepared,
            List<List<ClusterTurns.Turn>> two,
            List<ClusterTurns.Turn> twoAlone,
            List<ClusterTurns.Turn> oneAlone) {
        List<ClusterTurns.Turn> own = two.get(0);
        String head = Numbers.format(
                "| Iceberg: %s files, %s | wall | processor: all | of it the driver | ÷ glulam: wall / processor |"
                        + " becomes |%n|---|---|---|---|---|---|%n",
                prepared.size().get(0),
                Numbers.mebibytes(Long.parseLong(prepared.size().get(1))));
        double perTask = (median(two.get(2), ClusterReport::driver) - median(own, ClusterReport::driver))
                / Math.max(1, two.get(2).get(0).files() - own.get(0).files());
        return head
                + line("**glulam** `copy`, two executors", own, own)
                + line("Iceberg's `rewrite_data_files`, two executors", two.get(1), own)
                + line("glulam `copy`, two executors, in a session of its own", twoAlone, own)
                + line("glulam `copy`, one executor, in a session of its own", oneAlone, own)
                + line("glulam `copy`, two executors, smaller files", two.get(2), own)
                + Numbers.format("%nThe driver takes %.0f ms of processor time for one task more.%n", perTask * 1000);
    }

    private static String line(String name, List<ClusterTurns.Turn> turns, List<ClusterTurns.Turn> own) {
        return Numbers.format(
                "| %s | %.2f s | %.2f s | %.2f s | %.1f / %.2f | %d files, %s |%n",
                name,
                median(turns, turn -> ClusterTurns.seconds(turn.wall())),
                median(turns, turn -> ClusterTurns.seconds(turn.all())),
                median(turns, ClusterReport::driver),
                ratio(turns, own, turn -> ClusterTurns.seconds(turn.wall())),
                ratio(turns, own, turn -> ClusterTurns.seconds(turn.all())),
                turns.get(0).files(),
                Numbers.mebibytes(turns.get(0).bytes()));
    }

    private static double driver(ClusterTurns.Turn turn) {
        return ClusterTurns.seconds(turn.driver());
    }

    private static double median(List<ClusterTurns.Turn> turns, ToDoubleFunction<ClusterTurns.Turn> value) {
        return Numbers.median(turns.stream().mapToDouble(value).toArray());
    }

    private static double ratio(
            List<ClusterTurns.Turn> turns, List<ClusterTurns.Turn> own, ToDoubleFunction<ClusterTurns.Turn> value) {
        return Numbers.ratio(
                turns.stream().mapToDouble(value).toArray(),
                own.stream().mapToDouble(value).toArray());
    }
}
