package io.glulam.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.OpenedFooter;
import io.glulam.rows.RowReader;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.LeafKind;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.SchemaGenerator;
import io.glulam.testkit.generate.Seeds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows as Arrow's own reader reads them, held against those of {@code RowReader}, whose oracle is parquet-java. */
class GeneratedRowsTest {
    /** ENUM is bytes in Arrow and text elsewhere; generated INT96 are beyond Arrow's timestamps. */
    private static final List<LeafKind> KINDS = Arrays.stream(LeafKind.values())
            .filter(kind -> kind != LeafKind.ENUM && kind != LeafKind.INT96)
            .toList();

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(Seeds.base(), Seeds.base() + 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rowsOfAnySchemaAreThoseOfTheRowReader(long seed) throws Exception {
        FileRecipe recipe =
                FileRecipe.of(seed, SchemaGenerator.any(seed, KINDS)).withRows(40, 1, 60);
        Path file = ParquetJavaFiles.write(recipe, folder.resolve("a.parquet")).file();

        try (OpenedFooter opened = Streams.open(file);
                RowReader rows = opened.rows(opened.footer().schema().root().children())) {
            List<List<String>> written = Streams.of(file).rows();
            assertThat((long) written.size()).isEqualTo(rows.rowCount());
            for (List<String> row : written) {
                assertThat(row)
                        .isEqualTo(
                                Arrays.stream(rows.next()).map(ArrowText::text).toList());
            }
        }
    }

    @Test
    void chosenRowsAreThoseOfTheirNumbers() throws Exception {
        Path file = folder.resolve("d.parquet");
        try (DuckDbSession duckDb = DuckDbSession.open()) {
            duckDb.execute("COPY (SELECT i, [i, i + 1] AS l FROM range(10_000) t(i)) TO '" + file
                    + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
        }

        try (OpenedFooter opened = Streams.open(file)) {
            assertThat(Streams.of(opened, LongStream.of(0, 7, 2_048, 9_999), 64 << 20)
                            .rows())
                    .containsExactly(
                            List.of("0", "[0, 1]"),
                            List.of("7", "[7, 8]"),
                            List.of("2048", "[2048, 2049]"),
                            List.of("9999", "[9999, 10000]"));
            assertThat(Streams.of(opened, LongStream.empty(), 64 << 20).rows()).isEmpty();
        }
    }
}
