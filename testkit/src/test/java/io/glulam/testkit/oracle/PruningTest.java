package io.glulam.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbRecipe;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Generated;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Refragmenter;
import io.glulam.testkit.generate.SchemaGenerator;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.parquet.format.Type;
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

    @Test
    void nullsThatOnlyTheOutputDeniesAreFoundByCountingAlone() throws Exception {
        Path source =
                Files.write(dir.resolve("a"), halfNull(ChunkScript.Stats.NONE).bytes());
        Path output = Files.write(
                dir.resolve("b"),
                halfNull(ChunkScript.Stats.BOUNDS)
                        .tamper(footer -> footer.getRow_groups()
                                .get(0)
                                .getColumns()
                                .get(0)
                                .getMeta_data()
                                .getStatistics()
                                .setNull_count(0))
                        .bytes());

        assertThat(Pruning.lossInDuckDb(source, source, source, 1, true, 0)).isEmpty();
        assertThat(Pruning.lossInDuckDb(source, source, output, 1, true, 0))
                .hasValueSatisfying(found -> assertThat(found)
                        .contains("count(\"x\") = 100", "in the source Optional[[count(\"x\") = 50]]"));
        assertThat(Pruning.lossInDuckDb(source, output, source, 1, true, 0)).isEmpty();
    }

    private static FileScript halfNull(ChunkScript.Stats stats) {
        FileScript script =
                new FileScript(new SchemaScript().optional("x", Type.INT32).build(), 1);
        int[] definition = new int[100];
        Values.Builder values = new Values.Builder(50);
        for (int row = 0; row < 100; row += 2) {
            definition[row] = 1;
            values.addNumber(row, 4);
        }
        return script.rowGroup(new RowGroupScript(
                100,
                List.of(new ChunkScript(script.leaves().get(0), new Triplets(new int[100], definition, values.build()))
                        .evenPages(100)
                        .stats(stats))));
    }
}
