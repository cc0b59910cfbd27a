package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.testkit.generate.DuckDbSession;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** To DuckDB NaN is greater than any number, so bounds that leave it out would make it skip rows. */
class NaNPruningTest {
    private static final int ROWS = 40_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Effort.class)
    void queriesFindNaNAfterwardsAsBefore(Effort effort) throws Exception {
        Path source = folder.resolve("source.parquet");
        Path output = folder.resolve("output.parquet");
        try (DuckDbSession duckDb = DuckDbSession.open()) {
            duckDb.execute("COPY (SELECT i, CASE WHEN i % 8 = 0 THEN 'NaN'::DOUBLE ELSE i / 7 END AS x, x::FLOAT AS y"
                    + " FROM range(" + ROWS + ") rows(i)) TO '" + source + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
            new Compactor(CompactionOptions.defaults()
                            .withSettings(Settings.defaults().withEffort(effort)))
                    .run(Job.of(source, output));
            for (String column : new String[] {"x", "y"}) {
                assertThat(duckDb.text("SELECT count(*) FROM '" + output + "' WHERE " + column + " > " + ROWS))
                        .hasValue(Integer.toString(ROWS / 8));
                assertThat(duckDb.text("SELECT count(*) FROM '" + output + "' WHERE " + column + " = 'NaN'"))
                        .hasValue(Integer.toString(ROWS / 8));
            }
        }
    }
}
