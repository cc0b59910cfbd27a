package io.glulam.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputForm;
import io.glulam.plan.Reader;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Fragment;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.RealisticFiles;
import io.glulam.testkit.generate.SchemaGenerator;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.generate.ValueShape;
import io.glulam.testkit.generate.WriterSettings;
import io.glulam.testkit.generate.WriterSettings.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Spark's vectorised reader finds the same rows in the source and in its compaction. */
@Tag("once")
@Tag("spark")
class CompactedFilesTest {
    private static final Settings COPY = Settings.defaults().withEffort(Effort.COPY);

    private static final MessageType SCHEMA = Types.buildMessage()
            .required(PrimitiveTypeName.INT64)
            .named("required")
            .optional(PrimitiveTypeName.INT32)
            .named("optional")
            .named("schema");

    private static SparkReader spark;

    @TempDir
    Path folder;

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

    static Stream<Arguments> tiers() {
        UnaryOperator<WriterSettings> dictionary = settings -> settings.with(Feature.DICTIONARY);
        UnaryOperator<WriterSettings> plain = settings -> settings.without(Feature.DICTIONARY);
        return Stream.of(WriterVersion.PARQUET_1_0, WriterVersion.PARQUET_2_0)
                .flatMap(version -> Stream.of(
                        Arguments.of(version, Tier.JOIN, ValueShape.CONSTANT, dictionary, dictionary),
                        Arguments.of(version, Tier.REMAP, ValueShape.DRIFTING, dictionary, dictionary),
                        Arguments.of(version, Tier.COALESCE, ValueShape.CONSTANT, dictionary, dictionary),
                        Arguments.of(version, Tier.RECODE, ValueShape.LOW_CARDINALITY, plain, dictionary)));
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("tiers")
    void everyTierIsReadTheSame(
            WriterVersion version,
            Tier tier,
            ValueShape shape,
            UnaryOperator<WriterSettings> even,
            UnaryOperator<WriterSettings> odd)
            throws IOException {
        WriterSettings base = WriterSettings.defaults().withVersion(version).withPages(1 << 20, 500);
        FileRecipe recipe = FileRecipe.of(Seeds.base(), SCHEMA)
                .withShape(shape)
                .withFragments(List.of(
                        new Fragment(900, even.apply(base)),
                        new Fragment(700, odd.apply(base)),
                        new Fragment(800, even.apply(base)),
                        new Fragment(650, odd.apply(base))));
        Path source =
                ParquetJavaFiles.write(recipe, folder.resolve("source.parquet")).file();
        Settings settings = tier == Tier.COALESCE ? COPY : COPY.withPages(1 << 20, 1_000);

        assertThat(readTheSame(source, settings, recipe).columns()).anyMatch(column -> column.tier() == tier);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void generatedFilesAreReadTheSame(long seed) throws IOException {
        FileRecipe recipe = FileRecipe.anyOf(seed, SchemaGenerator.any(seed, SparkReader.KINDS))
                .withSettings(settings -> settings.without(Feature.BYTE_STREAM_SPLIT));
        Path source =
                ParquetJavaFiles.write(recipe, folder.resolve("source.parquet")).file();
        Threshold some = new Threshold.Fixed(Math.max(1, Files.size(source) / 5));

        readTheSame(
                source,
                (seed % 2 == 0 ? Settings.defaults() : Settings.defaults().withThreshold(some))
                        .withEffort(seed % 3 == 0 ? Effort.SMALLEST : Effort.BALANCED)
                        .withForm(OutputForm.DEFAULT.withReaders(List.of(Reader.SPARK))),
                recipe);
    }

    @Test
    void realisticFilesAreReadTheSame() throws IOException {
        Path source = RealisticFiles.small(folder.resolve("source.parquet"));
        CompactionReport report = readTheSame(source, COPY, "realistic");

        assertThat(report.columns())
                .extracting(CompactionReport.ColumnResult::tier)
                .contains(Tier.JOIN, Tier.REMAP);
        assertThat(spark.readsVectorised(folder.resolve("output.parquet"))).isTrue();
    }

    private CompactionReport readTheSame(Path source, Settings settings, Object what) {
        Path output = folder.resolve("output.parquet");
        CompactionReport report =
                new Compactor(CompactionOptions.defaults().withSettings(settings)).run(Job.of(source, output));

        assertThat(spark.firstDifference(source, output))
                .describedAs("%s with %s", what, settings)
                .isEmpty();
        return report;
    }
}
