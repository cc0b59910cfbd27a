package io.glulam.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Generated;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.RealisticFiles;
import io.glulam.testkit.generate.Refragmenter;
import io.glulam.testkit.generate.SchemaGenerator;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.generate.ValueShape;
import io.glulam.testkit.generate.WriterSettings.Feature;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
@Tag("spark")
class SparkReaderTest {
    private static SparkReader spark;

    @TempDir
    Path dir;

    @BeforeAll
    static void start() {
        spark = SparkReader.start();
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    static LongStream seeds() {
        return Seeds.stream(10);
    }

    @Test
    void everyKindThatSparkReadsIsReadVectorised() throws Exception {
        var schema = Types.buildMessage();
        SparkReader.KINDS.forEach(kind -> schema.addField(kind.named(kind.name(), Repetition.OPTIONAL)));
        Generated file = ParquetJavaFiles.write(
                FileRecipe.of(Seeds.base(), schema.named("kinds")).withShape(ValueShape.LOW_CARDINALITY),
                dir.resolve("kinds.parquet"));

        assertThat(spark.readsVectorised(file.file())).isTrue();
        assertThat(spark.rows(file.file())).hasSize(300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rowsDoNotDependOnHowTheFileIsCut(long seed) throws Exception {
        FileRecipe recipe = FileRecipe.anyOf(seed, SchemaGenerator.any(seed, SparkReader.KINDS))
                .withSettings(settings -> settings.without(Feature.BYTE_STREAM_SPLIT));
        Generated source = ParquetJavaFiles.write(recipe, dir.resolve("source.parquet"));
        Path target = dir.resolve("target.parquet");
        Refragmenter.refragment(source.file(), target, 70);

        assertThat(spark.firstDifference(source.file(), target))
                .describedAs("%s", source)
                .isEmpty();
    }

    @Test
    void anotherValueIsADifference() throws Exception {
        Path a = DuckDbFiles.write(
                "SELECT [i] AS c FROM range(9) t(i)", 2048, "COMPRESSION zstd", dir.resolve("a.parquet"));
        Path b = DuckDbFiles.write(
                "SELECT [i // 8] AS c FROM range(9) t(i)", 2048, "COMPRESSION zstd", dir.resolve("b.parquet"));

        assertThat(spark.firstDifference(a, b)).contains("row 1: [[0]] is not [[1]]");
        assertThat(spark.firstDifference(a, a)).isEmpty();
    }

    @Test
    void realisticFilesAreReadVectorised() throws Exception {
        Path file = RealisticFiles.small(dir.resolve("small.parquet"));

        assertThat(spark.readsVectorised(file)).isTrue();
        assertThat(spark.rows(file)).hasSize(40_000);
    }
}
