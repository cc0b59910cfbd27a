package io.glulam.bench.tables;

import io.glulam.bench.measure.ProcessTree;
import io.glulam.testkit.line.Answer;
import io.glulam.testkit.line.LineProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs statements on one table in turns, in sessions of Spark's whose executors are processes of their own, and puts the
 * table back after each. After the first turn of each contender, which is not measured, all values are compared.
 */
final class ClusterTurns {
    private final Prepared prepared;

    ClusterTurns(Prepared prepared) {
        this.prepared = prepared;
    }

    /**
     * A statement in a session.
     *
     * @param warmUps turns that are not measured
     */
    record Contender(LineProcess spark, String statement, int warmUps) {
        static Contender of(LineProcess spark, String statement) {
            return new Contender(spark, statement, 1);
        }
    }

    /**
     * What a statement took.
     *
     * @param wall time until its answer
     * @param all processor time of driver and executors
     * @param driver processor time of the driver
     * @param compilers processor time of the threads that compile Java's code in the executors
     * @param files number of files that the table had then
     * @param bytes of these files
     */
    record Turn(Duration wall, Duration all, Duration driver, Duration compilers, long files, long bytes) {
        Duration executors() {
            return all.minus(driver);
        }
    }

    /** Warms all contenders up, runs each once a round, and returns the turns of each. */
    List<List<Turn>> run(List<Contender> contenders, int rounds) {
        List<List<Turn>> turns = new ArrayList<>();
        for (Contender contender : contenders) {
            turns.add(new ArrayList<>());
            for (int i = 0; i < contender.warmUps(); i++) {
                turn(contender, i == 0);
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                turns.get(i).add(turn(contenders.get(i), false));
            }
        }
        return turns;
    }

    private Turn turn(Contender contender, boolean compared) {
        LineProcess spark = contender.spark();
        ProcessTree processes = new ProcessTree(spark.pid());
        Duration allBefore = processes.processor();
        Duration driverBefore = processes.processorOfRoot();
        Duration compilersBefore = processes.compilersOfOthers();
        Answer answer = spark.ask(contender.statement());
        Duration all = processes.processor().minus(allBefore);
        Duration driver = processes.processorOfRoot().minus(driverBefore);
        Duration compilers = processes.compilersOfOthers().minus(compilersBefore);
        BenchTable table = prepared.table();
        List<String> size = table.size(spark);
        if (compared && !table.fingerprint(spark).equals(prepared.fingerprint())) {
            throw new IllegalStateException("other rows after " + contender.statement());
        }
        table.restore(spark, prepared.state());
        Turn turn = new Turn(
                answer.wall(), all, driver, compilers, Long.parseLong(size.get(0)), Long.parseLong(size.get(1)));
        System.err.printf(
                "%s: %.2f s, processor %.2f s, of it driver %.2f s, executors' compilers %.2f s%n",
                contender.statement(),
                seconds(turn.wall()),
                seconds(turn.all()),
                seconds(turn.driver()),
                seconds(turn.compilers()));
        return turn;
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
