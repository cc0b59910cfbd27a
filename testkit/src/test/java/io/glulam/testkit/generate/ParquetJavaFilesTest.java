package io.glulam.testkit.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.WriterSettings.Feature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class ParquetJavaFilesTest {
    @TempDir
    Path dir;

    static LongStream seeds() {
        return Seeds.stream();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void writesTheRowGroupsOfTheRecipe(long seed) throws Exception {
        FileRecipe recipe = FileRecipe.any(seed);
        Generated generated = ParquetJavaFiles.write(recipe, dir.resolve("any.parquet"));

        try (ParquetFileReader reader = open(generated.file())) {
            assertThat(reader.getRowGroups())
                    .describedAs("%s", generated)
                    .extracting(BlockMetaData::getRowCount)
                    .containsExactlyElementsOf(recipe.fragments().stream()
                            .map(fragment -> (long) fragment.rows())
                            .toList());
            assertThat(reader.getFileMetaData().getSchema()).isEqualTo(recipe.schema());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void writesTheSameBytesFromTheSameSeed(long seed) throws Exception {
        Path first = ParquetJavaFiles.write(FileRecipe.any(seed), dir.resolve("first.parquet"))
                .file();
        Path second = ParquetJavaFiles.write(FileRecipe.any(seed), dir.resolve("second.parquet"))
                .file();

        assertThat(Files.mismatch(first, second)).describedAs("seed %d", seed).isEqualTo(-1);
    }

    @Test
    void writesEveryKindOfLeafWithEveryCodecVersionAndShape() throws Exception {
        FileRecipe recipe =
                FileRecipe.of(Seeds.base(), SchemaGenerator.everyKind()).withRows(60, 61);
        for (ValueShape shape : ValueShape.values()) {
            for (WriterVersion version : WriterVersion.values()) {
                FileRecipe shaped = recipe.withShape(shape)
                        .withSettings(settings -> settings.withVersion(version).with(Feature.BLOOM_FILTERS));
                assertReadable(ParquetJavaFiles.write(shaped, dir.resolve("kinds.parquet")));
            }
        }
        for (CompressionCodecName codec : WriterSettings.CODECS) {
            FileRecipe compressed =
                    recipe.withSettings(settings -> settings.withCodec(codec).with(Feature.BYTE_STREAM_SPLIT));
            assertReadable(ParquetJavaFiles.write(compressed, dir.resolve(codec + ".parquet")));
        }
    }

    private static void assertReadable(Generated generated) throws Exception {
        try (ParquetFileReader reader = open(generated.file())) {
            long rows = 0;
            for (var group = reader.readNextRowGroup(); group != null; group = reader.readNextRowGroup()) {
                rows += group.getRowCount();
            }
            assertThat(rows)
                    .describedAs("%s", generated)
                    .isEqualTo(generated.recipe().rows());
        }
    }

    private static ParquetFileReader open(Path file) throws Exception {
        return new ParquetFileReader(
                new LocalInputFile(file),
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build());
    }
}
