package io.glulam.testkit.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.glulam.testkit.read.TripletComparison;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class RefragmenterTest {
    @TempDir
    Path dir;

    static LongStream seeds() {
        return Seeds.stream(10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsEveryLevelAndEveryBitOfTheValues(long seed) throws Exception {
        Generated source = ParquetJavaFiles.write(FileRecipe.any(seed), dir.resolve("source.parquet"));
        assertSameAfterRefragmenting(source);
    }

    @Test
    void keepsPayloadsOfNansAndNegativeZeros() throws Exception {
        FileRecipe special =
                FileRecipe.of(Seeds.base(), SchemaGenerator.everyKind()).withShape(ValueShape.SPECIAL);
        assertSameAfterRefragmenting(ParquetJavaFiles.write(special, dir.resolve("source.parquet")));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rewritesFilesOfDuckDbThatParquetJavaReads(long seed) throws Exception {
        DuckDbRecipe recipe = DuckDbRecipe.any(seed);
        Path source = DuckDbFiles.write(recipe, dir.resolve("source.parquet"));
        assumeThat(recipe.options()).as("parquet-java reads it").doesNotContain("brotli");
        Path target = dir.resolve("target.parquet");
        Refragmenter.refragment(source, target, 300);
        assertThat(TripletComparison.firstDifference(source, target))
                .describedAs("%s", recipe)
                .isEmpty();
    }

    private void assertSameAfterRefragmenting(Generated source) throws Exception {
        Path target = dir.resolve("target.parquet");
        Refragmenter.refragment(source.file(), target, 13);
        assertThat(TripletComparison.firstDifference(source.file(), target))
                .describedAs("%s", source)
                .isEmpty();
    }
}
