package io.glulam.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.codec.JvmCodecs;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.execute.support.MemoryWriter;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalFileReader;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.planning.Planner;
import io.glulam.planning.SurveyCache;
import io.glulam.source.SourceFile;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Fragment;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.ValueShape;
import io.glulam.testkit.generate.WriterSettings;
import io.glulam.testkit.generate.WriterSettings.Feature;
import io.glulam.threads.LocalResources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolCleanupTest {
    private static final long BUFFERS = 64L << 20;
    private static final MessageType SCHEMA = Types.buildMessage()
            .required(PrimitiveTypeName.INT64)
            .named("a")
            .required(PrimitiveTypeName.INT64)
            .named("b")
            .required(PrimitiveTypeName.INT64)
            .named("c")
            .named("schema");

    @TempDir
    Path folder;

    @Test
    void aRunThatFailsLeavesNoSpool() throws IOException {
        Path spools = Files.createDirectory(folder.resolve("spools"));
        Path source = folder.resolve("source.parquet");
        WriterSettings settings = WriterSettings.defaults().without(Feature.DICTIONARY);
        ParquetJavaFiles.write(
                FileRecipe.of(1, SCHEMA)
                        .withShape(ValueShape.HIGH_CARDINALITY)
                        .withFragments(List.of(
                                new Fragment(100_000, settings),
                                new Fragment(100_000, settings.withCodec(CompressionCodecName.ZSTD)))),
                source);
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            SourceFile file = SourceFile.of(reader, FooterReader.read(reader, BUFFERS), BUFFERS, JvmCodecs.INSTANCE);
            Settings everything = Settings.defaults().withThreshold(new Threshold.Fixed(1L << 30));
            ExecutionResources resources = new LocalResources(3, BUFFERS, spools, false);
            SurveyCache surveys = new SurveyCache(file, everything, resources);
            Plan plan = new Planner(surveys, everything, done -> {}).plan();
            PlanExecutor executor = new PlanExecutor(surveys, resources, done -> {});
            MemoryWriter out = new MemoryWriter() {
                @Override
                public synchronized void append(ByteBuffer literal) {
                    if (literal.remaining() > 4) {
                        throw new StorageFailed(Place.UNKNOWN, "no space left on the device", null);
                    }
                    super.append(literal);
                }
            };
            assertThatThrownBy(() -> executor.execute(plan, out)).isInstanceOf(StorageFailed.class);
        }
        try (Stream<Path> left = Files.list(spools)) {
            assertThat(left).isEmpty();
        }
    }
}
