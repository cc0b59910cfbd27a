package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.generate.DuckDbSession;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DuckDB answers the least and greatest value from statistics that are called exact: zeros keep their signs there. */
class ZeroBoundsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Effort.class)
    void theLeastAndGreatestValueAreTheSameAsBefore(Effort effort) throws Exception {
        Path source = folder.resolve("source.parquet");
        Path output = folder.resolve("output.parquet");
        try (DuckDbSession duckDb = DuckDbSession.open()) {
            duckDb.execute("COPY (SELECT (i % 100)::DOUBLE AS up, -(i % 100)::FLOAT AS down, '-0'::DOUBLE AS minus"
                    + " FROM range(20000) rows(i)) TO '" + source + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
            new Compactor(CompactionOptions.defaults()
                            .withSettings(Settings.defaults()
                                    .withEffort(effort)
                                    .withThreshold(new Threshold.Fixed(1L << 30))))
                    .run(Job.of(source, output));

            for (String column : new String[] {"up", "down", "minus"}) {
                String query = "SELECT min(%1$s)::VARCHAR || ' ' || max(%1$s)::VARCHAR FROM '%2$s'";
                assertThat(duckDb.text(query.formatted(column, output)))
                        .as(column)
                        .isEqualTo(duckDb.text(query.formatted(column, source)));
            }
        }
    }
}
