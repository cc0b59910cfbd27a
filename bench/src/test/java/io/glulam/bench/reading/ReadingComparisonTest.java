package io.glulam.bench.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.bench.duckdb.DuckDb;
import io.glulam.bench.input.Input;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingComparisonTest {
    private static final String ROWS =
            "(SELECT range AS id, md5(range::VARCHAR)::UUID AS name, [range] AS list FROM range(%d))";

    @TempDir
    private Path folder;

    private Input input;

    @BeforeEach
    void writeInput() throws SQLException {
        input = new Input("rows", write("input", 5_000), "id", "name");
    }

    @Test
    void comparesEachFileWithItsRival() throws SQLException {
        String table = compare("ours", 5_000);
        assertThat(table.lines().findFirst())
                .contains("| rows: read from | full scan | one column | look-up, sorted | look-up, unsorted |");
        assertThat(table).containsPattern("\\| theirs \\| [0-9.]+ ms \\| ");
        assertThat(table).containsPattern("\\| ours \\| [0-9.]+ ms \\([0-9.]+\\) \\| ");
    }

    @Test
    void stopsAtOtherValues() {
        assertThatThrownBy(() -> compare("ours", 4_999))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ours, full scan of all columns");
    }

    private String compare(String name, int rows) throws SQLException {
        Rewritten theirs = new Rewritten("theirs", write("theirs", 5_000), "theirs");
        Rewritten ours = new Rewritten(name, write(name, rows), "theirs");
        return new ReadingComparison(input, List.of(theirs, ours)).run(2).markdown();
    }

    private Path write(String name, int rows) throws SQLException {
        Path file = folder.resolve(name + ".parquet");
        try (DuckDb duckDb = DuckDb.open()) {
            duckDb.copy(ROWS.formatted(rows), file, 2048, "snappy", "V1");
        }
        return file;
    }
}
