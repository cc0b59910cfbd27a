package io.glulam.bench.tables;

import io.glulam.bench.measure.LinearFit;
import io.glulam.bench.measure.Numbers;
import io.glulam.bench.tables.ClusterTurns.Contender;
import io.glulam.testkit.line.LineProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Finds the constants of {@link io.glulam.bench.cluster.ClusterModel}: processor time of two executors for an input file, for 10^9 bytes
 * and for a new file, and of the driver for a new file and for a run. They come from three kinds of runs, of which each has
 * much of one of these, and are checked on one that is twice as large and on one of small files, of which each takes less. Each executor runs Java's code slowly until its
 * JVM has compiled it: this class states that time, and the compilers' own, apart from the constants.
 */
final class ClusterConstants {
    private static final int FILES = 400;
    private static final long ROWS_A_FILE = 34_000;
    private static final int PARTITIONS = 8;
    private static final int MANY_TASKS = 12;
    /** Turns of each effort after which the compilers of Java's code have little to do, and the last of them. */
    private static final int WARM_UPS = 16;

    private static final int LAST = 4;
    private static final int EXECUTORS = 2;
    private static final List<String> EFFORTS = List.of("copy", "balanced");

    private final SparkProcesses sparks;
    private final double scale;

    /** @param scale of the numbers of files */
    ClusterConstants(SparkProcesses sparks, double scale) {
        this.sparks = sparks;
        this.scale = scale;
    }

    /**
     * A kind of run.
     *
     * @param name for people
     * @param tasksAPartition new files of each partition
     * @param explains whether constants come from it; else they are checked on it
     */
    record Shape(String name, int files, long rowsAFile, int partitions, int tasksAPartition, boolean explains) {
        BenchTable table() {
            String relation = "model" + files + "x" + rowsAFile;
            return BenchTable.iceberg("Iceberg", relation, files, partitions, rowsAFile * files);
        }
    }

    /** A turn of a kind of run, with what it had to do. */
    record Sample(Shape shape, String effort, double gigabytes, ClusterTurns.Turn turn) {
        double[] executorAmounts() {
            return new double[] {shape.files(), gigabytes, turn.files()};
        }

        double[] driverAmounts() {
            return new double[] {turn.files(), 1};
        }

        double executors() {
            return ClusterTurns.seconds(turn.executors().minus(turn.compilers()));
        }

        double compilers() {
            return ClusterTurns.seconds(turn.compilers());
        }

        double driver() {
            return ClusterTurns.seconds(turn.driver());
        }
    }

    /** Returns the constants and the runs. */
    String run(int rounds) throws IOException {
        List<Shape> shapes = shapes();
        List<Prepared> tables = new ArrayList<>();
        try (LineProcess spark = sparks.start()) {
            for (Shape shape : shapes) {
                tables.add(sparks.prepare(spark, shape.table()));
            }
        }
        List<Sample> samples = new ArrayList<>();
        double warming;
        try (LineProcess spark = sparks.cluster(EXECUTORS)) {
            warming = warmUp(spark, shapes, tables);
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < shapes.size(); i++) {
                    samples.addAll(round(spark, shapes.get(i), tables.get(i)));
                }
            }
            for (Prepared prepared : tables) {
                prepared.table().clean(spark);
            }
        }
        return text(shapes, samples)
                + Numbers.format(
                        "%nUntil its code was warm, each executor has taken %.0f s more than the same turns took at"
                                + " the end.%n",
                        warming);
    }

    List<Shape> shapes() {
        int files = files(FILES);
        return List.of(
                new Shape("the least", files, ROWS_A_FILE, PARTITIONS, 1, true),
                new Shape("small files", files(2 * FILES), ROWS_A_FILE / 8, PARTITIONS, 1, false),
                new Shape("large files", files(FILES / 4), ROWS_A_FILE * 4, PARTITIONS, 1, true),
                new Shape("many new files", files, ROWS_A_FILE, PARTITIONS, MANY_TASKS, true),
                new Shape("twice as large", 2 * files, ROWS_A_FILE, 2 * PARTITIONS, 1, false));
    }

    /** Partitions have the same number of files, at least five. */
    private int files(int count) {
        return Math.max(5, (int) Math.round(count * scale / PARTITIONS)) * PARTITIONS;
    }

    /**
     * Warms the executors by turns of the first kind, and by one of each other kind, of which all values are compared. Returns the
     * processor time that each executor has taken until its code was warm, beyond what the same turns took at the end.
     */
    private static double warmUp(LineProcess spark, List<Shape> shapes, List<Prepared> tables) {
        double more = 0;
        List<Contender> first = contenders(spark, shapes.get(0), tables.get(0), 0);
        for (List<ClusterTurns.Turn> turns : new ClusterTurns(tables.get(0)).run(first, WARM_UPS)) {
            double[] seconds = turns.stream()
                    .mapToDouble(turn -> ClusterTurns.seconds(turn.executors()))
                    .toArray();
            double last = Numbers.median(Arrays.copyOfRange(seconds, WARM_UPS - LAST, WARM_UPS));
            more += Arrays.stream(seconds).sum() - WARM_UPS * last;
        }
        for (int i = 0; i < shapes.size(); i++) {
            new ClusterTurns(tables.get(i)).run(contenders(spark, shapes.get(i), tables.get(i), 1), 0);
        }
        return more / EXECUTORS;
    }

    private static List<Contender> contenders(LineProcess spark, Shape shape, Prepared prepared, int warmUps) {
        Map<String, String> options =
                shape.tasksAPartition() == 1 ? Map.of() : prepared.manyFiles(shape.tasksAPartition());
        return EFFORTS.stream()
                .map(effort -> new Contender(spark, prepared.table().glulam(effort, options), warmUps))
                .toList();
    }

    private static List<Sample> round(LineProcess spark, Shape shape, Prepared prepared) {
        List<List<ClusterTurns.Turn>> turns = new ClusterTurns(prepared).run(contenders(spark, shape, prepared, 0), 1);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < EFFORTS.size(); i++) {
            samples.add(new Sample(
                    shape, EFFORTS.get(i), prepared.bytes() / 1e9, turns.get(i).get(0)));
        }
        return samples;
    }

    /** Returns the constants that the samples of some shapes give, and the samples beside what the constants say of them. */
    static String text(List<Shape> shapes, List<Sample> samples) {
        StringBuilder constants = new StringBuilder(Numbers.format(
                "| processor time | a file | 10^9 bytes | a new file | a run |%n|---|---|---|---|---|%n"));
        StringBuilder runs = new StringBuilder(Numbers.format(
                "%n| run | effort | files | bytes | new files | executors | by the constants | compilers | driver |"
                        + " by the constants |%n|---|---|---|---|---|---|---|---|---|---|%n"));
        double[] driver = fit(samples, Sample::driverAmounts, Sample::driver);
        for (String effort : EFFORTS) {
            List<Sample> own =
                    samples.stream().filter(s -> s.effort().equals(effort)).toList();
            double[] executors = fit(own, Sample::executorAmounts, Sample::executors);
            constants.append(Numbers.format(
                    "| executors, `%s` | %.2f ms | %.2f s | %.0f ms | |%n",
                    effort, executors[0] * 1000, executors[1], executors[2] * 1000));
            shapes.forEach(shape -> runs.append(
                    row(own.stream().filter(s -> s.shape().equals(shape)).toList(), executors, driver)));
        }
        constants.append(Numbers.format("| driver | | | %.1f ms | %.2f s |%n", driver[0] * 1000, driver[1]));
        return constants.append(runs).toString();
    }

    private static double[] fit(
            List<Sample> samples, Function<Sample, double[]> amounts, ToDoubleFunction<Sample> measured) {
        List<Sample> explaining =
                samples.stream().filter(sample -> sample.shape().explains()).toList();
        return LinearFit.constants(
                explaining.stream().map(amounts).toArray(double[][]::new),
                explaining.stream().mapToDouble(measured).toArray());
    }

    private static String row(List<Sample> turns, double[] executors, double[] driver) {
        Sample any = turns.get(0);
        return Numbers.format(
                "| %s | `%s` | %d | %.2f GB | %d | %.2f s | %.2f s | %.2f s | %.2f s | %.2f s |%n",
                any.shape().name(),
                any.effort(),
                any.shape().files(),
                any.gigabytes(),
                any.turn().files(),
                median(turns, Sample::executors),
                sum(any.executorAmounts(), executors),
                median(turns, Sample::compilers),
                median(turns, Sample::driver),
                sum(any.driverAmounts(), driver));
    }

    private static double median(List<Sample> turns, ToDoubleFunction<Sample> value) {
        return Numbers.median(turns.stream().mapToDouble(value).toArray());
    }

    private static double sum(double[] amounts, double[] constants) {
        double sum = 0;
        for (int i = 0; i < amounts.length; i++) {
            sum += amounts[i] * constants[i];
        }
        return sum;
    }
}
