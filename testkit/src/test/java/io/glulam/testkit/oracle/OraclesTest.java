package io.glulam.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Generated;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Refragmenter;
import io.glulam.testkit.generate.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class OraclesTest {
    private static final String NO_BYTE_STREAM_SPLIT_OF_BYTES =
            "Invalid Error: BYTE_STREAM_SPLIT encoding is only supported for";

    @TempDir
    Path dir;

    static LongStream seeds() {
        return Seeds.stream();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRefragmentedFileIsEqualForDuckDbAndParquetJava(long seed) throws Exception {
        Generated source = ParquetJavaFiles.write(FileRecipe.any(seed), dir.resolve("source.parquet"));
        Path output = dir.resolve("output.parquet");
        Refragmenter.refragment(source.file(), output, 100);

        Optional<String> refusal = DuckDb.refusal(source.file());
        if (refusal.isEmpty()) {
            assertThat(DuckDb.firstDifference(source.file(), output))
                    .describedAs("%s", source)
                    .isEmpty();
        } else {
            assertThat(refusal).describedAs("%s", source).get(STRING).startsWith(NO_BYTE_STREAM_SPLIT_OF_BYTES);
        }
        assertThat(ParquetJava.firstDifference(source.file(), output))
                .describedAs("%s", source)
                .isEmpty();
        assertThat(ParquetJava.readAll(output)).isEqualTo(ParquetJava.readAll(source.file()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SELECT i FROM range(9) t(i)                   | SELECT i FROM range(8) t(i)                      | 8 rows, not 9
        SELECT i FROM range(9) t(i)                   | SELECT i::INTEGER AS i FROM range(9) t(i)        | columns
        SELECT i FROM range(9) t(i)                   | SELECT CASE WHEN i <> 4 THEN i END AS i FROM range(9) t(i) | row 4: null is not 4
        SELECT i FROM range(9) t(i)                   | SELECT i FROM range(9) t(i) ORDER BY i DESC      | row 0: 8 is not 0
        SELECT 0.0::DOUBLE AS d                       | SELECT -0.0::DOUBLE AS d                         | -0.0 is not 0.0
        SELECT [0.0::DOUBLE] AS d                     | SELECT [-0.0::DOUBLE] AS d                       | -0.0
        SELECT [{'a': 1}] AS s                        | SELECT [{'a': 2}] AS s                           | column s, row 0
        SELECT 'nan'::DOUBLE AS d                     | SELECT 1::DOUBLE AS d                            | 1.0 is not nan
        """)
    void duckDbNamesTheFirstDifference(String left, String right, String difference) throws Exception {
        Path a = DuckDbFiles.write(left, 2048, "COMPRESSION zstd", dir.resolve("a.parquet"));
        Path b = DuckDbFiles.write(right, 2048, "COMPRESSION zstd", dir.resolve("b.parquet"));

        assertThat(DuckDb.firstDifference(a, b))
                .hasValueSatisfying(text -> assertThat(text).contains(difference));
        assertThat(ParquetJava.firstDifference(a, b)).isPresent();
        assertThat(DuckDb.firstDifference(a, a)).isEmpty();
        assertThat(DuckDb.firstDifferenceInAnyOrder(a, b).isPresent())
                .isEqualTo(!right.contains("DESC") && !right.contains("-0.0"));
    }

    @Test
    void aFileThatIsNotParquetIsRefused() throws Exception {
        Path junk = Files.writeString(dir.resolve("junk"), "PAR1 no Parquet PAR1");

        assertThat(DuckDb.canRead(junk)).isFalse();
        assertThat(DuckDb.firstDifference(junk, junk)).isPresent();
    }
}
