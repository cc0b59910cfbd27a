package io.glulam.bench.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.glulam.bench.duckdb.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsTest {
    @TempDir
    private Path folder;

    @Test
    void setsThePlanBesideTheOutputAndLeavesOutWhatIsKept() throws IOException, SQLException {
        Path output = folder.resolve("output.parquet");
        Path plan = Files.writeString(folder.resolve("plan.json"), """
                {"version": 1, "columns": ["id", "name"], "groups": [
                    {"keep": 0, "reason": "HEALTHY", "rows": 2048, "bytes": 99},
                    {"merge": [[1, 2]], "rows": 2048, "bytes": 50, "columns": [
                        {"tier": "JOIN", "moved": 1000, "remapped": 0, "coalesced": 0, "recoded": 0, "expected": 990},
                        {"tier": "REMAP", "moved": 1, "remapped": 20, "coalesced": 3, "recoded": 4, "expected": 25}]}]}
                """);
        try (DuckDb duckDb = DuckDb.open()) {
            duckDb.copy("(SELECT range AS id, 'x' AS name FROM range(4096))", output, 2048, "uncompressed", "V1");
            assertThat(Predictions.read(duckDb, plan, output))
                    .extracting(Prediction::column, Prediction::source, Prediction::expected)
                    .containsExactly(tuple("id", 1000L, 990L), tuple("name", 28L, 25L));
            assertThat(Predictions.read(duckDb, plan, output).get(0).actual()).isBetween(2048 * 8L, 2048 * 8L + 100);
        }
    }

    @Test
    void theErrorIsAShareOfTheResult() {
        assertThat(new Prediction("id", 0, 90, 100).error()).isEqualTo(-0.1);
        assertThat(new Prediction("id", 0, 90, 0).error()).isZero();
    }
}
