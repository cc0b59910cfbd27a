package io.glulam.bench.tables;

import io.glulam.bench.measure.Numbers;
import io.glulam.bench.tables.ClusterTurns.Contender;
import io.glulam.testkit.line.LineProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What glulam takes to compact an Iceberg table by Spark's executors, beside Iceberg's own procedure in the same session. */
public final class ClusterReport {
    /** Each can be asked for alone. */
    public static final List<String> PARTS = List.of("spark-driver", "spark-turns", "spark-scaling", "spark-model");

    private static final int FILES = 2_000;
    private static final int PARTITIONS = 8;
    private static final long ROWS = 68_000_000;
    private static final int MANY_FILES = 100_000;

    /** Tasks for each partition by which the driver's time for a task is found. */
    private static final int MANY_TASKS = 12;

    /** Turns of one executor after which few methods are still to be compiled. */
    private static final int WARM_UPS = 3;

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

    /** Returns the lines of one of {@link #PARTS}. */
    public String part(String name, int rounds) throws IOException, InterruptedException {
        return switch (name) {
            case "spark-driver" -> driver(rounds);
            case "spark-turns" -> turns(rounds);
            case "spark-scaling" -> scaling(rounds);
            case "spark-model" -> new ClusterConstants(sparks, scale).run(rounds);
            default -> throw new IllegalArgumentException("no part " + name);
        };
    }

    /** Both procedures in turns, and glulam with few tasks and with many. */
    private String turns(int rounds) throws IOException {
        BenchTable table = table();
        Prepared prepared;
        List<List<ClusterTurns.Turn>> two;
        try (LineProcess spark = sparks.cluster(2)) {
            prepared = sparks.prepare(spark, table);
            two = new ClusterTurns(prepared)
                    .run(
                            List.of(
                                    Contender.of(spark, table.glulam("copy", Map.of())),
                                    Contender.of(spark, table.rewrite()),
                                    Contender.of(spark, table.glulam("copy", prepared.manyFiles(MANY_TASKS)))),
                            rounds);
            table.clean(spark);
        }
        List<ClusterTurns.Turn> own = two.get(0);
        double perTask = (median(two.get(2), ClusterReport::driver) - median(own, ClusterReport::driver))
                / Math.max(1, two.get(2).get(0).files() - own.get(0).files());
        return head(prepared)
                + line("**glulam** `copy`, two executors", own, own)
                + line("Iceberg's `rewrite_data_files`, two executors", two.get(1), own)
                + line("glulam `copy`, two executors, smaller files", two.get(2), own)
                + Numbers.format("%nThe driver takes %.0f ms of processor time for one task more.%n", perTask * 1000);
    }

    /**
     * Glulam with one executor and with two, in turns, each in a session of its own. Both sessions' executors have carried out as
     * many tasks before, and a third session has made the table.
     */
    private String scaling(int rounds) throws IOException {
        BenchTable table = table();
        Prepared prepared;
        try (LineProcess spark = sparks.start()) {
            prepared = sparks.prepare(spark, table);
        }
        List<List<ClusterTurns.Turn>> turns;
        try (LineProcess one = sparks.cluster(1);
                LineProcess two = sparks.cluster(2)) {
            String statement = table.glulam("copy", Map.of());
            turns = new ClusterTurns(prepared)
                    .run(
                            List.of(
                                    new Contender(one, statement, WARM_UPS),
                                    new Contender(two, statement, 2 * WARM_UPS)),
                            rounds);
            table.clean(one);
        }
        List<ClusterTurns.Turn> one = turns.get(0);
        List<ClusterTurns.Turn> two = turns.get(1);
        return head(prepared)
                + line("**glulam** `copy`, one executor", one, one)
                + line("glulam `copy`, two executors", two, one)
                + Numbers.format(
                        "%nTurns before those counted: one executor %d, two %d. Processor time of the compilers of"
                                + " Java's code in the executors: %.2f s and %.2f s; two executors ÷ one without it and"
                                + " without the driver: %.2f.%n",
                        WARM_UPS,
                        2 * WARM_UPS,
                        median(one, turn -> ClusterTurns.seconds(turn.compilers())),
                        median(two, turn -> ClusterTurns.seconds(turn.compilers())),
                        ratio(two, one, ClusterReport::tasks));
    }

    /** What the driver does for a table whose files are in its manifests only, beside Iceberg's own planner and commits. */
    private String driver(int rounds) throws IOException, InterruptedException {
        int count = (int) Math.max(1_000, MANY_FILES * scale);
        Path folder = Files.createTempDirectory(sparks.folder(), "driver");
        List<String> command = sparks.program(
                "io.glulam.spark.DriverTimes",
                List.of(
                        root.resolve("spark/target/test-classes").toString(),
                        sparks.glulam().toString()),
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

    private static String head(Prepared prepared) {
        return Numbers.format(
                "| Iceberg: %s files, %s | wall | processor: all | of it the driver | ÷ glulam: wall / processor |"
                        + " becomes |%n|---|---|---|---|---|---|%n",
                prepared.size().get(0),
                Numbers.mebibytes(Long.parseLong(prepared.size().get(1))));
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

    private static double tasks(ClusterTurns.Turn turn) {
        return ClusterTurns.seconds(turn.executors().minus(turn.compilers()));
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
