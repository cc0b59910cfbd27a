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
    private static final String[] COLUMNS = {"up", "down", "minus", "plus_first", "minus_first", "least", "greatest"};

    private static final String BOUNDS = "SELECT concat_ws(' ', stats_min_value, stats_max_value, min_is_exact,"
            + " max_is_exact) FROM parquet_metadata('%s') WHERE path_in_schema = 'by_turns'";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Effort.class)
    void theLeastAndGreatestValueAreTheSameAsBefore(Effort effort) throws Exception {
        Path source = folder.resolve("source.parquet");
        Path output = folder.resolve("compacted.parquet");
        try (DuckDbSession duckDb = DuckDbSession.open()) {
            duckDb.execute("COPY (SELECT (i % 100)::DOUBLE AS up, -(i % 100)::FLOAT AS down, '-0'::DOUBLE AS minus,"
                    + " CASE WHEN i % 2 = 0 THEN '0' ELSE '-0' END::DOUBLE AS plus_first,"
                    + " CASE WHEN i % 2 = 1 THEN '0' ELSE '-0' END::FLOAT AS minus_first,"
                    + " CASE WHEN i % 3000 < 1500 THEN '0' ELSE '-0' END::DOUBLE AS by_turns,"
                    + " CASE WHEN i % 4 = 0 THEN '0' WHEN i % 4 = 1 THEN '-0' ELSE '7' END::FLOAT AS least,"
                    + " CASE WHEN i % 4 = 2 THEN '0' WHEN i % 4 = 1 THEN '-0' ELSE '-7' END::DOUBLE AS greatest"
                    + " FROM range(20000) rows(i)) TO '" + source + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
            new CompactionProof(
                            source,
                            Settings.defaults().withEffort(effort).withThreshold(new Threshold.Fixed(1L << 30)),
                            folder)
                    .holds();

            for (String column : COLUMNS) {
                String query = "SELECT min(%1$s)::VARCHAR || ' ' || max(%1$s)::VARCHAR FROM '%2$s'";
                assertThat(duckDb.text(query.formatted(column, output)))
                        .as(column)
                        .isEqualTo(duckDb.text(query.formatted(column, source)));
            }
            assertThat(duckDb.text(BOUNDS.formatted(output)))
                    .as("row groups state different zeros: the bounds take in both, and neither is called exact")
                    .hasValue("-0.0 0.0 false false");
        }
    }
}
