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
import io.glulam.pipeline.InlineResources;
import io.glulam.plan.Effort;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.planning.Planner;
import io.glulam.planning.SurveyCache;
import io.glulam.source.SourceFile;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.RealisticFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.threads.LocalResources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Without threads and files everything comes out as it does with them. */
class InlineWorkersTest {
    private static final long BUFFERS = 64L << 20;
    private static final ExecutionResources THREADED = new LocalResources(3, BUFFERS, null, false);
    private static final ExecutionResources INLINE = new InlineResources(BUFFERS);

    @TempDir
    Path folder;

    static LongStream seeds() {
        return Seeds.stream(15);
    }

    @ParameterizedTest
    @EnumSource
    void planAndBytesAreThoseOfThreads(Effort effort) throws IOException {
        requireSame(RealisticFiles.small(folder.resolve("source.parquet")), effort);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void planAndBytesOfAnyFileAreThoseOfThreads(long seed) throws IOException {
        Path source = folder.resolve("source.parquet");
        ParquetJavaFiles.write(FileRecipe.any(seed), source);
        for (Effort effort : Effort.values()) {
            requireSame(source, effort);
        }
    }

    @Test
    void theFailureOfAWriteIsTheRuns() throws IOException {
        StorageFailed full = new StorageFailed(Place.UNKNOWN, "no space left on the device", null);
        Path source = RealisticFiles.small(folder.resolve("source.parquet"));
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            SurveyCache surveys = surveys(reader, Settings.defaults(), INLINE);
            Plan plan = new Planner(surveys, Settings.defaults(), done -> {}).plan();
            MemoryWriter out = new MemoryWriter() {
                @Override
                public synchronized void append(ByteBuffer literal) {
                    if (position() > 100_000) {
                        throw full;
                    }
                    super.append(literal);
                }
            };
            assertThatThrownBy(() -> new PlanExecutor(surveys, INLINE, done -> {}).execute(plan, out))
                    .isSameAs(full);
        }
    }

    private static void requireSame(Path source, Effort effort) throws IOException {
        Settings settings = Settings.defaults().withEffort(effort);
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            SurveyCache threaded = surveys(reader, settings, THREADED);
            SurveyCache inline = surveys(reader, settings, INLINE);
            Plan plan = new Planner(threaded, settings, done -> {}).plan();
            assertThat(new Planner(inline, settings, done -> {}).plan()).isEqualTo(plan);

            MemoryWriter expected = new MemoryWriter();
            MemoryWriter found = new MemoryWriter();
            new PlanExecutor(threaded, THREADED, done -> {}).execute(plan, expected);
            new PlanExecutor(inline, INLINE, done -> {}).execute(plan, found);
            assertThat(found.bytes()).isEqualTo(expected.bytes());
        }
    }

    private static SurveyCache surveys(LocalFileReader reader, Settings settings, ExecutionResources resources) {
        SourceFile file = SourceFile.of(reader, FooterReader.read(reader, BUFFERS), BUFFERS, JvmCodecs.INSTANCE);
        return new SurveyCache(file, settings, resources);
    }
}
