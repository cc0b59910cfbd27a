package io.glulam.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClusterModelTest {
    @Test
    void theDocumentationHasTheTableThatTheModelPrints() throws IOException {
        assertThat(Files.readString(Path.of("../docs/spark.md"))).contains(ClusterModel.table());
    }

    @Test
    void twiceTheWorkTakesTwiceTheTimeAndMoreCoresLeaveTheDriver() {
        ClusterModel.Work once = new ClusterModel.Work(1e12, 8e6);
        ClusterModel.Work twice = new ClusterModel.Work(2e12, 8e6);
        ClusterModel.Costs costs = ClusterModel.MOVED;
        assertThat(costs.seconds(twice) / costs.seconds(once)).isBetween(1.99, 2.01);
        double rest = ClusterModel.DRIVER.seconds(once) + ClusterModel.SECONDS_AN_EXECUTOR;
        assertThat(once.seconds(costs, 10_000_000)).isBetween(rest, rest * 1.1);
    }
}
