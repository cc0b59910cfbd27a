package io.glulam.bench.tables;

import io.glulam.bench.measure.Measured;
import io.glulam.bench.measure.Stopwatch;
import io.glulam.testkit.line.Answer;
import io.glulam.testkit.line.LineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Glulam and Spark compact one table in turns, and the table is put back after each. Cold is a whole process, from its
 * start on; warm is the third run in one process.
 */
final class Turns {
    private static final int WARM = 3;

    private final SparkProcesses sparks;
    private final Prepared prepared;
    private final BenchTable table;
    private final GlulamCommand glulam;
    private final Path log;

    private final List<Times> glulamCold = new ArrayList<>();
    private final List<Times> glulamWarm = new ArrayList<>();
    private final List<Times> sparkCold = new ArrayList<>();
    private final List<Times> sparkWarm = new ArrayList<>();
    private long peakResident;
    private List<String> byGlulam = List.of();
    private List<String> bySpark = List.of();
    private String pages = "";

    Turns(SparkProcesses sparks, GlulamCommand glulam, Prepared prepared) {
        this.sparks = sparks;
        this.glulam = glulam;
        this.prepared = prepared;
        this.table = prepared.table();
        this.log = sparks.log();
    }

    /** Runs rounds, and returns the table's lines of the report. */
    String run(int rounds) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            round();
        }
        String lines = new TurnsTable(table.title(), prepared.size())
                .with("**glulam** `compact`", glulamCold, glulamWarm, byGlulam, peakResident)
                .with(
                        table.delta() ? "Delta's `OPTIMIZE`" : "Iceberg's `rewrite_data_files`",
                        sparkCold,
                        sparkWarm,
                        bySpark,
                        0)
                .text();
        return pages.isEmpty() ? lines : lines + "\n" + pages + "\n";
    }

    private void round() throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (LineProcess spark = sparks.start()) {
            Answer first = spark.ask(table.rewrite());
            add("Spark, cold", sparkCold, new Times(Duration.ofNanos(System.nanoTime() - start), first.sinceStart()));
            table.restore(spark, prepared.state());
            cold();
            table.restore(spark, prepared.state());
            try (LineProcess warm = glulam.process(log)) {
                for (int turn = 1; turn <= WARM; turn++) {
                    ownTurn(warm, spark, turn);
                    if (turn > 1) { // Its first one was the cold run.
                        sparksTurn(spark, turn);
                    }
                }
            }
            table.clean(spark);
        }
    }

    private void cold() throws IOException, InterruptedException {
        List<String> command = glulam.launcher(glulam.arguments("compact", table.address(), table.options()));
        Measured measured = Stopwatch.run(command, sparks.folder().resolve("none"), log);
        if (measured.exitCode() != 0) {
            throw new IllegalStateException("glulam failed with exit code " + measured.exitCode() + ", see " + log);
        }
        peakResident = Math.max(peakResident, measured.peakResident());
        if (!table.deleted().isEmpty()) {
            pages = pages(Files.readString(log));
        }
        add("glulam, cold", glulamCold, new Times(measured.wall(), measured.processor()));
    }

    /** A sentence from the last report in the log. */
    private static String pages(String log) {
        return "Of the data pages, %s moved, %s were cut and %s dropped; %s rows were left out."
                .formatted(
                        last(log, "moved_pages_count"),
                        last(log, "cut_pages_count"),
                        last(log, "dropped_pages_count"),
                        last(log, "deleted_rows_count"));
    }

    private static String last(String log, String field) {
        int at = log.lastIndexOf('"' + field + '"');
        return at < 0 ? "?" : log.substring(at).replaceFirst("(?s)[^:]*: *([0-9]+).*", "$1");
    }

    private void ownTurn(LineProcess warm, LineProcess spark, int turn) {
        Answer own = warm.ask(String.join("\t", glulam.arguments("compact", table.address(), table.options())));
        if (turn == WARM) {
            add("glulam, warm", glulamWarm, new Times(own.wall(), own.processor()));
            byGlulam = table.size(spark);
            if (!table.fingerprint(spark).equals(prepared.fingerprint())) {
                throw new IllegalStateException("glulam wrote other rows than it read");
            }
        }
        table.restore(spark, prepared.state());
    }

    private void sparksTurn(LineProcess spark, int turn) {
        Answer rival = spark.ask(table.rewrite());
        if (turn == WARM) {
            add("Spark, warm", sparkWarm, new Times(rival.wall(), rival.processor()));
            bySpark = table.size(spark);
        }
        table.restore(spark, prepared.state());
    }

    private static void add(String name, List<Times> all, Times times) {
        all.add(times);
        System.err.printf("%s: %.2f s, processor %.2f s%n", name, times.seconds(), times.processorSeconds());
    }
}
