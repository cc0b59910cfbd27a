package io.glulam.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often bytes are written, and how many files stay, when runs follow each other. */
class OutputTiersTest {
    /** Runs of one input each; what they write and what they leave. */
    private static final class Simulation {
        private final long target;
        private final List<Long> outputs = new ArrayList<>();
        private long written;
        private long merged;

        Simulation(long target) {
            this.target = target;
        }

        void run(long input) {
            long[] sizes = outputs.stream().mapToLong(size -> size).toArray();
            int taken = OutputTiers.taken(sizes, input, target);
            long output = input;
            for (int i = 0; i < taken; i++) {
                output += outputs.remove(outputs.size() - 1);
            }
            outputs.add(output);
            written += output;
            merged += input;
        }

        double amplification() {
            return (double) written / merged;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 512", "1, 10", "5, 512", "100, 512", "1, 1000000", "1, 3", "1, 1", "400, 512"})
    void aHundredRunsWriteEachByteAtMostOnceAndTheLogarithmTimes(long input, long target) {
        Simulation simulation = new Simulation(target);
        for (int hour = 1; hour <= 100; hour++) {
            simulation.run(input);
            assertThat(simulation.amplification())
                    .as("after %d runs", hour)
                    .isLessThanOrEqualTo(1 + Math.log((double) target / input) + 1e-9);
        }
        assertThat(simulation.outputs.stream().mapToLong(size -> size).sum()).isEqualTo(100 * input);
    }

    @Test
    void alsoWhereInputsDifferInSize() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            long target = 1000 + random.nextInt(1_000_000);
            Simulation simulation = new Simulation(target);
            long smallest = Long.MAX_VALUE;
            for (int hour = 1; hour <= 100; hour++) {
                long input = 1 + random.nextInt((int) (target / (1 + random.nextInt(100))));
                smallest = Math.min(smallest, input);
                simulation.run(input);
            }
            assertThat(simulation.amplification())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(1 + Math.log((double) target / smallest));
        }
    }

    @Test
    void fewFilesStayBesideThoseOfTheTargetsSize() {
        Simulation simulation = new Simulation(512);
        int most = 0;
        for (int hour = 1; hour <= 10_000; hour++) {
            simulation.run(1);
            long small =
                    simulation.outputs.stream().filter(size -> size <= 512 / 3).count();
            most = Math.max(most, (int) small);
        }
        assertThat(most).isLessThanOrEqualTo(12);
        assertThat(simulation.outputs.size()).isLessThan(10_000 / (512 / 3) + 12);
    }

    @Test
    void anOutputIsTakenOnlyIntoOneThreeTimesAsLargeThatFitsTheTarget() {
        assertThat(OutputTiers.taken(new long[] {}, 10, 100)).isZero();
        assertThat(OutputTiers.taken(new long[] {10}, 10, 100)).isZero();
        assertThat(OutputTiers.taken(new long[] {10, 10}, 10, 100)).isEqualTo(2);
        assertThat(OutputTiers.taken(new long[] {30, 30, 10, 10}, 10, 100)).isEqualTo(4);
        assertThat(OutputTiers.taken(new long[] {30, 30, 10, 10}, 10, 89)).isEqualTo(2);
        assertThat(OutputTiers.taken(new long[] {1}, 50, 100)).isEqualTo(1);
        assertThat(OutputTiers.taken(new long[] {Long.MAX_VALUE}, 50, 100)).isZero();
    }
}
