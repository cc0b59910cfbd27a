package io.glulam.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbRecipe;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Generated;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Refragmenter;
import io.glulam.testkit.generate.SchemaGenerator;
import io.glulam.testkit.generate.Seeds;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class PruningTest {
    @TempDir
    Path dir;

    static LongStream seeds() {
        return Seeds.stream(8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void filtersFindTheSameInWhatParquetJavaWrote(long seed) throws Exception {
        Generated source = ParquetJavaFiles.write(FileRecipe.any(seed), dir.resolve("source.parquet"));
        Path output = dir.resolve("output.parquet");
        Refragmenter.refragment(source.file(), output, 1000);

        assertThat(Pruning.equivalence(source.file(), source.file(), seed))
                .describedAs("%s", source)
                .isEmpty();
        assertThat(Pruning.equivalence(source.file(), output, seed))
                .describedAs("%s", source)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void filtersFindTheSameInWhatDuckDbWrote(long seed) throws Exception {
        DuckDbRecipe recipe = DuckDbRecipe.any(seed);
        Path source = DuckDbFiles.write(recipe, dir.resolve("source.parquet"));
        assumeThat(recipe.options()).as("parquet-java reads it").doesNotContain("brotli");
        assertThat(Pruning.equivalence(source, source, seed))
                .describedAs("%s", recipe)
                .isEmpty();
    }

    @Test
    void anotherFileIsNotEquivalent() throws Exception {
        FileRecipe recipe = FileRecipe.of(1, SchemaGenerator.everyKind());
        Path source =
                ParquetJavaFiles.write(recipe, dir.resolve("source.parquet")).file();
        Path other = ParquetJavaFiles.write(FileRecipe.of(2, SchemaGenerator.everyKind()), dir.resolve("other.parquet"))
                .file();

        assertThat(Pruning.equivalence(source, other, 1)).isPresent();
        assertThat(Pruning.equivalenceInAnyOrder(source, other, 1)).isPresent();
    }

    @Test
    void theOrderOfRowsMattersOnlyWhereAsked() throws Exception {
        Path source = DuckDbFiles.write(
                "SELECT i, i % 7 AS k FROM range(5000) t(i)", 2048, "COMPRESSION zstd", dir.resolve("a"));
        Path turned = DuckDbFiles.write(
                "SELECT i, i % 7 AS k FROM range(5000) t(i) ORDER BY i DESC",
                2048, "COMPRESSION zstd", dir.resolve("b"));

        assertThat(Pruning.equivalence(source, turned, 1)).isPresent();
        assertThat(Pruning.equivalenceInAnyOrder(source, turned, 1)).isEmpty();
    }
}
