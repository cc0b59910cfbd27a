package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbRecipe;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.SchemaVariants;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.oracle.Pruning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of schemas that differ become one file that holds what one with all of their rows and columns holds. */
@Tag("once")
class GeneratedSchemaMergeTest {
    @TempDir
    Path folder;

    static LongStream seeds() {
        return Seeds.stream(12);
    }

    static LongStream duckDbSeeds() {
        return GeneratedMergeTest.duckDbSeeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void filesOfParquetJavaWhoseFieldsAreMissingRequiredOrNamedOtherwise(long seed) throws IOException {
        FileRecipe recipe = FileRecipe.any(seed);
        Path whole = folder.resolve("whole.parquet");
        prove(whole, SchemaVariants.write(recipe, whole, folder), seed, recipe);
    }

    @ParameterizedTest
    @MethodSource("duckDbSeeds")
    void filesOfDuckDbWithSomeOfTheColumns(long seed) throws IOException {
        DuckDbRecipe recipe = DuckDbRecipe.any(seed);
        Random random = new Random(Seeds.derive(seed, "columns"));
        List<String> columns = IntStream.range(0, 20)
                .mapToObj(i -> "c" + i)
                .filter(name -> recipe.query().contains(" AS " + name))
                .collect(Collectors.toCollection(ArrayList::new));
        Map<String, String> missing = new HashMap<>();
        Set<String> union = new LinkedHashSet<>();
        List<Path> pieces = new ArrayList<>();
        long step = 1 + recipe.rows() / 5;
        for (long from = 0; from < recipe.rows(); from += step) {
            long to = Math.min(recipe.rows(), from + step);
            List<String> some = new ArrayList<>(columns);
            some.removeIf(name -> !name.equals("c0") && random.nextInt(3) == 0);
            Collections.shuffle(some, random);
            union.addAll(some);
            String range = "row >= " + from + " AND row < " + to;
            columns.stream()
                    .filter(name -> !some.contains(name))
                    .forEach(name -> missing.merge(name, range, (known, more) -> known + " OR " + more));
            String rows = recipe.query().replace("range(" + recipe.rows() + ")", "range(" + from + ", " + to + ")");
            Path piece = folder.resolve("part-" + pieces.size() + ".parquet");
            String query = "SELECT " + String.join(", ", some) + " FROM (" + rows + ")";
            pieces.add(DuckDbFiles.write(query, recipe.rowGroupRows(), recipe.options(), piece));
        }
        String all = union.stream()
                .map(name -> "CASE WHEN " + missing.getOrDefault(name, "false") + " THEN NULL ELSE " + name + " END AS "
                        + name)
                .collect(Collectors.joining(", "));
        String rows = recipe.query().replaceFirst("SELECT ", "SELECT i AS row, ");
        Path whole = DuckDbFiles.write(
                "SELECT " + all + " FROM (" + rows + ")",
                recipe.rowGroupRows(),
                recipe.options(),
                folder.resolve("whole.parquet"));
        prove(whole, pieces, seed, recipe);
    }

    /** Types from the narrowest on, each with an expression of the row number that all of them hold. */
    private static final Map<String, List<String>> TYPES = new TreeMap<>(Map.of(
            "CASE WHEN hash(i) % 7 = 0 THEN NULL ELSE (hash(i) % 250)::INTEGER - 125 END",
            List.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT"),
            "CASE hash(i) % 6 WHEN 0 THEN 'nan'::FLOAT WHEN 1 THEN -0.0 WHEN 2 THEN 'infinity'::FLOAT ELSE (i / 7.0)::FLOAT END",
            List.of("FLOAT", "DOUBLE"),
            "CASE WHEN i // 500 % 3 = 0 THEN NULL ELSE ((hash(i) % 9999)::INTEGER - 5000) / 100.0 END",
            List.of("DECIMAL(4, 2)", "DECIMAL(9, 2)", "DECIMAL(18, 2)", "DECIMAL(38, 2)"),
            "CASE WHEN i % 50 = 0 THEN NULL ELSE [i % 100, NULL, -(i % 3)] END",
            List.of("SMALLINT[]", "INTEGER[]", "BIGINT[]")));

    @ParameterizedTest
    @MethodSource("duckDbSeeds")
    void filesOfDuckDbWhoseTypesBecomeWider(long seed) throws IOException {
        Random random = new Random(Seeds.derive(seed, "widths"));
        DuckDbRecipe recipe = DuckDbRecipe.any(seed);
        int[] widest = new int[TYPES.size()];
        int count = 2 + random.nextInt(4);
        List<Path> pieces = new ArrayList<>();
        for (int piece = 0; piece < count; piece++) {
            int[] widths = TYPES.values().stream()
                    .mapToInt(types -> random.nextInt(types.size()))
                    .toArray();
            Arrays.setAll(widest, i -> Math.max(widest[i], widths[i]));
            Path file = folder.resolve("part-" + piece + ".parquet");
            String query = numbers(widths, piece * 3000, (piece + 1) * 3000);
            pieces.add(DuckDbFiles.write(query, recipe.rowGroupRows(), recipe.options(), file));
        }
        Path whole = DuckDbFiles.write(
                numbers(widest, 0, count * 3000),
                recipe.rowGroupRows(),
                recipe.options(),
                folder.resolve("whole.parquet"));
        prove(whole, pieces, seed, recipe);
    }

    private static String numbers(int[] widths, int from, int to) {
        List<String> columns = new ArrayList<>();
        TYPES.forEach((expression, types) ->
                columns.add("(" + expression + ")::" + types.get(widths[columns.size()]) + " AS c" + columns.size()));
        return "SELECT " + String.join(", ", columns) + " FROM range(" + from + ", " + to + ") t(i)";
    }

    private void prove(Path whole, List<Path> pieces, long seed, Object what) throws IOException {
        if (pieces.size() < 2) {
            return;
        }
        for (var settings : GeneratedMergeTest.settings(whole, seed)) {
            try {
                new MergeProof(whole, pieces, settings, folder).widening().holds();
                assertThat(Pruning.equivalence(whole, folder.resolve("merged.parquet"), seed))
                        .isEmpty();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(what + " with " + settings + ": " + failure.getMessage(), failure);
            }
        }
    }
}
