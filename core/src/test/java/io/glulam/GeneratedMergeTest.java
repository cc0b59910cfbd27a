package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.footer.FooterReader;
import io.glulam.local.LocalFileReader;
import io.glulam.plan.Effort;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.NastyFile;
import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbRecipe;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.oracle.Pruning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever files look like, their merge holds what one file with all of their rows holds. */
@Tag("once")
class GeneratedMergeTest {
    @TempDir
    Path folder;

    static LongStream seeds() {
        return Seeds.stream(8);
    }

    /** Parquet-java, which judges filters, has no codec for BROTLI here. */
    static LongStream duckDbSeeds() {
        return Seeds.stream(6).filter(seed -> !DuckDbRecipe.any(seed).options().contains("brotli"));
    }

    static Stream<NastyFile> nastyFiles() {
        return Stream.concat(
                        NastyFiles.all(Seeds.base()).stream(), Seeds.stream(10).mapToObj(NastyFiles::random))
                .filter(file -> file.script().rowGroups().size() > 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void filesOfParquetJavaBecomeOne(long seed) throws IOException {
        FileRecipe recipe = FileRecipe.any(seed);
        Path whole =
                ParquetJavaFiles.write(recipe, folder.resolve("whole.parquet")).file();
        List<Path> pieces = ParquetJavaFiles.writeEach(recipe, folder);
        prove(whole, pieces, seed, recipe);
        if (pieces.size() > 1) {
            assertThat(Pruning.equivalence(whole, folder.resolve("merged.parquet"), seed))
                    .as("%s", recipe)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("duckDbSeeds")
    void filesOfDuckDbBecomeOne(long seed) throws IOException {
        DuckDbRecipe recipe = DuckDbRecipe.any(seed);
        Path whole = DuckDbFiles.write(recipe, folder.resolve("whole.parquet"));
        List<Path> pieces = new ArrayList<>();
        long step = 1 + recipe.rows() / 5;
        for (long from = 0; from < recipe.rows(); from += step) {
            long to = Math.min(recipe.rows(), from + step);
            String query = recipe.query().replace("range(" + recipe.rows() + ")", "range(" + from + ", " + to + ")");
            Path piece = folder.resolve("part-" + pieces.size() + ".parquet");
            pieces.add(DuckDbFiles.write(query, recipe.rowGroupRows(), recipe.options(), piece));
        }
        prove(whole, pieces, seed, recipe);
        assertThat(Pruning.equivalence(whole, folder.resolve("merged.parquet"), seed))
                .as("%s", recipe)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("duckDbSeeds")
    void columnsInAnotherOrderFindTheirPlaces(long seed) throws IOException {
        DuckDbRecipe recipe = DuckDbRecipe.any(seed);
        Path whole = DuckDbFiles.write(recipe, folder.resolve("whole.parquet"));
        Random random = new Random(Seeds.derive(seed, "columns"));
        List<String> columns = columns(whole);
        List<Path> pieces = new ArrayList<>();
        long step = 1 + recipe.rows() / 5;
        for (long from = 0; from < recipe.rows(); from += step) {
            long to = Math.min(recipe.rows(), from + step);
            String rows = recipe.query().replace("range(" + recipe.rows() + ")", "range(" + from + ", " + to + ")");
            String query = "SELECT " + String.join(", ", columns) + " FROM (" + rows + ")";
            Path piece = folder.resolve("part-" + pieces.size() + ".parquet");
            pieces.add(DuckDbFiles.write(query, recipe.rowGroupRows(), recipe.options(), piece));
            Collections.shuffle(columns, random);
        }
        prove(whole, pieces, seed, recipe);
        assertThat(Pruning.equivalence(whole, folder.resolve("merged.parquet"), seed))
                .as("%s", recipe)
                .isEmpty();
    }

    private static List<String> columns(Path file) {
        try (LocalFileReader reader = LocalFileReader.open(file)) {
            return new ArrayList<>(FooterReader.read(reader, 1 << 24).schema().root().children().stream()
                    .map(child -> '"' + child.name().replace("\"", "\"\"") + '"')
                    .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("nastyFiles")
    void filesThatNoLibraryWritesBecomeOne(NastyFile file) throws IOException {
        List<Path> pieces = new ArrayList<>();
        for (FileScript piece : file.script().pieces()) {
            pieces.add(Files.write(folder.resolve("part-" + pieces.size() + ".parquet"), piece.bytes()));
        }
        prove(file.write(folder), pieces, Seeds.base(), file);
    }

    private void prove(Path whole, List<Path> pieces, long seed, Object what) throws IOException {
        if (pieces.size() < 2) {
            return; // One input, of which nothing changes, is left alone.
        }
        for (Settings settings : settings(whole, seed)) {
            try {
                new MergeProof(whole, pieces, settings, folder).holds();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(what + " with " + settings + ": " + failure.getMessage(), failure);
            }
        }
    }

    /** Everything merged; and everything kept, or thresholds, limits and page sizes that do some of both. */
    static List<Settings> settings(Path whole, long seed) throws IOException {
        Random random = new Random(Seeds.derive(seed, "settings"));
        Settings all = Settings.defaults();
        Settings kept = all.withThreshold(new Threshold.Fixed(1));
        long size = Files.size(whole);
        Settings some = all.withThreshold(new Threshold.Fixed(Math.max(1, size / (1 + random.nextInt(20)))))
                .withMaxRows(1 + random.nextInt(5_000))
                .withEffort(Effort.values()[random.nextInt(3)])
                .withRewrite(Rewrite.values()[random.nextInt(2)])
                .withPages(1 << (6 + random.nextInt(12)), 1 + random.nextInt(3_000));
        return List.of(random.nextInt(3) == 0 ? kept : some, random.nextBoolean() ? all : all.withEffort(Effort.COPY));
    }
}
