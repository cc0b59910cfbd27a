package io.glulam.bench.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.bench.duckdb.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class InputsTest {
    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path folder;

    static Stream<StandardInput> inputs() {
        return StandardInput.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void everyInputIsMadeWithAllItsRowsAndItsLookUpColumns(StandardInput standard) throws IOException, SQLException {
        double scale = 12_345.0 / standard.rows();
        Input input = new Inputs(ROOT, folder, scale).named(standard.name());
        try (DuckDb duckDb = DuckDb.open()) {
            assertThat(duckDb.rows(input.file())).isEqualTo(12_345);
            assertThat(duckDb.columns(input.file())).contains(standard.sorted(), standard.unsorted());
            String disorder = """
                    SELECT count(*) FROM (
                        SELECT %1$s AS value, lag(%1$s) OVER (ORDER BY file_row_number) AS earlier
                        FROM read_parquet(%2$s, file_row_number = true))
                    WHERE value < earlier
                    """.formatted(DuckDb.identifier(standard.sorted()), DuckDb.quoted(input.file()));
            assertThat(duckDb.query(disorder).get(0)).containsExactly("0");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing unfinished stays").containsExactly(input.file());
        }
    }

    @Test
    void wideHasTwoHundredColumns() throws IOException, SQLException {
        Input input = new Inputs(ROOT, folder, 0.01).named("wide");
        try (DuckDb duckDb = DuckDb.open()) {
            assertThat(duckDb.leaves(input.file())).isEqualTo(200);
        }
    }

    @Test
    void mixedHasHealthyRowGroupsAndFragmentsInTurns() {
        StandardInput mixed = StandardInput.ALL.stream()
                .filter(input -> input.name().equals("mixed"))
                .findFirst()
                .orElseThrow();
        assertThat(mixed.stretches())
                .extracting(stretch -> stretch.rows() >= 500_000)
                .containsExactly(true, false, true, false);
        assertThat(mixed.stretches().stream().mapToInt(Stretch::perMille).sum()).isEqualTo(1_000);
    }

    @Test
    void anUnknownNameIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> new Inputs(ROOT, folder, 1).named("event"))
                .hasMessage("no input event: there are " + String.join(", ", Inputs.names()));
    }
}
