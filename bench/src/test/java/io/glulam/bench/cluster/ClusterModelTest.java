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
        assertThat(twice.executorSeconds(1) / once.executorSeconds(1)).isBetween(1.99, 2.01);
        assertThat(once.seconds(1, 1_000_000)).isBetween(once.driverSeconds(), once.driverSeconds() * 1.1);
    }
}
