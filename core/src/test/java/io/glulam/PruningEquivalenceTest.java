package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbRecipe;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.oracle.Pruning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Filters find in the output what brute force finds in the source: no reader is made to skip too much. */
@Tag("once")
class PruningEquivalenceTest {
    @TempDir
    Path folder;

    static LongStream seeds() {
        return Seeds.stream(10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsForFilesOfParquetJava(long seed) throws IOException {
        FileRecipe recipe = FileRecipe.any(seed);
        prove(ParquetJavaFiles.write(recipe, folder.resolve("source.parquet")).file(), seed, recipe);
    }

    /** Parquet-java has no codec for BROTLI here. */
    static LongStream duckDbSeeds() {
        return seeds().filter(seed -> !DuckDbRecipe.any(seed).options().contains("brotli"));
    }

    @ParameterizedTest
    @MethodSource("duckDbSeeds")
    void holdsForFilesOfDuckDb(long seed) throws IOException {
        DuckDbRecipe recipe = DuckDbRecipe.any(seed);
        prove(DuckDbFiles.write(recipe, folder.resolve("source.parquet")), seed, recipe);
    }

    private void prove(Path source, long seed, Object what) throws IOException {
        Settings all = Settings.defaults();
        Threshold some = new Threshold.Fixed(Math.max(1, Files.size(source) / 5));
        Settings settings = seed % 2 == 0 ? all : all.withThreshold(some).withPages(4_000, 700);
        settings = settings.withEffort(Effort.values()[(int) Math.floorMod(seed / 2, 3L)]);
        Path output = folder.resolve("output.parquet");
        new Compactor(CompactionOptions.defaults().withSettings(settings)).run(Job.of(source, output));

        assertThat(Pruning.equivalence(source, output, seed))
                .as("%s with %s", what, settings)
                .isEmpty();
    }
}
