package io.glulam.bench.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.bench.tables.ClusterConstants.Sample;
import io.glulam.bench.tables.ClusterConstants.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterConstantsTest {
    private static final List<Shape> SHAPES =
            new ClusterConstants(new SparkProcesses(Path.of(""), Path.of("")), 1).shapes();

    /** A run that takes 3 ms a file, 2 s for 10^9 bytes and 20 ms a new file, and of the driver 10 ms a new file and 1 s. */
    private static Sample sample(Shape shape, String effort) {
        double gigabytes = shape.rowsAFile() * shape.files() * 44 / 1e9;
        int tasks = shape.partitions() * shape.tasksAPartition();
        Duration driver = Duration.ofMillis(1_000 + 10L * tasks);
        Duration compilers = Duration.ofMillis(700);
        long executors = Math.round(3.0 * shape.files() + 2_000 * gigabytes + 20.0 * tasks);
        Duration all = driver.plus(compilers).plusMillis(executors);
        return new Sample(
                shape, effort, gigabytes, new ClusterTurns.Turn(all, all, driver, compilers, tasks, 1_000_000_000));
    }

    @Test
    void theConstantsOfRunsAreFoundAndCheckedOnTheLargestOne() {
        List<Sample> samples = new ArrayList<>();
        for (Shape shape : SHAPES) {
            samples.add(sample(shape, "copy"));
            samples.add(sample(shape, "balanced"));
        }
        assertThat(ClusterConstants.text(SHAPES, samples))
                .contains("| executors, `copy` | 3.00 ms | 2.00 s | 20 ms | |")
                .contains("| driver | | | 10.0 ms | 1.00 s |")
                .contains("| twice as large | `copy` | 800 | 1.20 GB | 16 | 5.11 s | 5.11 s | 0.70 s | 1.16 s | 1.16 s"
                        + " |");
    }

    @Test
    void oneRunIsTwiceAsLargeAsAnotherAndGivesNoConstant() {
        Shape first = SHAPES.get(0);
        Shape last = SHAPES.get(SHAPES.size() - 1);
        assertThat(last.explains()).isFalse();
        assertThat(last.files()).isEqualTo(2 * first.files());
        assertThat(last.partitions()).isEqualTo(2 * first.partitions());
        assertThat(last.rowsAFile()).isEqualTo(first.rowsAFile());
    }
}
