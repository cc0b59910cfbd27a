package io.glulam.testkit.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.glulam.testkit.read.ParquetFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class DuckDbFilesTest {
    @TempDir
    Path dir;

    static LongStream seeds() {
        return Seeds.stream();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void writesTheSameBytesFromTheSameSeedInRowGroupsOfTheRecipe(long seed) throws Exception {
        DuckDbRecipe recipe = DuckDbRecipe.any(seed);
        Path first = DuckDbFiles.write(recipe, dir.resolve("first.parquet"));
        Path second = DuckDbFiles.write(recipe, dir.resolve("second.parquet"));

        assertThat(Files.mismatch(first, second)).describedAs("%s", recipe).isEqualTo(-1);
        try (ParquetFile file = ParquetFile.open(first)) {
            long groups = (recipe.rows() + recipe.rowGroupRows() - 1) / recipe.rowGroupRows();
            assertThat(file.metaData().getNum_rows()).isEqualTo(recipe.rows());
            assertThat(file.rowGroups()).describedAs("%s", recipe).isEqualTo((int) groups);
        }
    }

    @Test
    void realisticFilesAreFragmented() throws Exception {
        try (ParquetFile file = ParquetFile.open(RealisticFiles.small(dir.resolve("small.parquet")))) {
            assertThat(file.rowGroups()).isEqualTo(10);
            assertThat(file.length()).isBetween(2_000_000L, 4_000_000L);
        }
    }

    @Test
    void theReferenceExampleHasItsSizesWithinTwoPercent() throws Exception {
        Path example = ReferenceExample.write(dir.resolve("reference.parquet")).file();

        try (ParquetFile file = ParquetFile.open(example)) {
            IntStream.range(0, ReferenceExample.SIZES.size()).forEach(group -> {
                double size = ReferenceExample.SIZES.get(group);
                assertThat((double) file.metaData().getRow_groups().get(group).getTotal_compressed_size())
                        .isCloseTo(size, within(size * 0.02));
            });
            assertThat(file.rowGroups()).isEqualTo(4);
        }
    }
}
