package io.glulam.bench.tables;

import io.glulam.bench.measure.ProcessTree;
import io.glulam.testkit.line.Answer;
import io.glulam.testkit.line.LineProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs statements on one table in turns, in one session of Spark's whose executors are processes of their own, and puts the
 * table back after each. After the first turn of each statement, which is not measured, all values are compared.
 */
final class ClusterTurns {
    private final LineProcess spark;
    private final Prepared prepared;
    private final ProcessTree processes;

    ClusterTurns(LineProcess spark, Prepared prepared) {
        this.spark = spark;
        this.prepared = prepared;
        this.processes = new ProcessTree(spark.pid());
    }

    /**
     * What a statement took.
     *
     * @param wall time until its answer
     * @param all processor time of driver and executors
     * @param driver processor time of the driver
     * @param files number of files that the table had then
     * @param bytes of these files
     */
    record Turn(Duration wall, Duration all, Duration driver, long files, long bytes) {}

    /** Runs all statements in each round, and returns the turns of each but the first. */
    List<List<Turn>> run(List<String> statements, int rounds) {
        List<List<Turn>> turns = new ArrayList<>();
        statements.forEach(any -> turns.add(new ArrayList<>()));
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < statements.size(); i++) {
                Turn turn = turn(statements.get(i), round == 0);
                System.err.printf(
                        "%s: %.2f s, processor %.2f s, of it driver %.2f s%n",
                        statements.get(i), seconds(turn.wall()), seconds(turn.all()), seconds(turn.driver()));
                if (round > 0) {
                    turns.get(i).add(turn);
                }
            }
        }
        return turns;
    }

    private Turn turn(String statement, boolean compared) {
        Duration allBefore = processes.processor();
        Duration driverBefore = processes.processorOfRoot();
        Answer answer = spark.ask(statement);
        Duration all = processes.processor().minus(allBefore);
        Duration driver = processes.processorOfRoot().minus(driverBefore);
        BenchTable table = prepared.table();
        List<String> size = table.size(spark);
        if (compared && !table.fingerprint(spark).equals(prepared.fingerprint())) {
            throw new IllegalStateException("other rows after " + statement);
        }
        table.restore(spark, prepared.state());
        return new Turn(answer.wall(), all, driver, Long.parseLong(size.get(0)), Long.parseLong(size.get(1)));
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
