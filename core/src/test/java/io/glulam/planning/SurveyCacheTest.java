package io.glulam.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.glulam.codec.JvmCodecs;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.format.Leaf;
import io.glulam.local.LocalFileReader;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.Pipeline;
import io.glulam.pipeline.ReadBackOutput;
import io.glulam.pipeline.Workers;
import io.glulam.pipeline.support.ForwardingResources;
import io.glulam.plan.RowGroups;
import io.glulam.plan.Settings;
import io.glulam.source.FragmentChunk;
import io.glulam.source.SourceFile;
import io.glulam.splice.SurveyedColumn;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.generate.RepeatedFile;
import io.glulam.threads.LocalResources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurveyCacheTest {
    private static final int ROW_GROUPS = 40;

    @TempDir
    Path folder;

    @Test
    void aSurveyThatIsKeptWithoutTheFootersEntriesGetsThemAgainAndReadsNoPage() throws SQLException {
        Path source = folder.resolve("source.parquet");
        try (DuckDbSession duck = DuckDbSession.open()) {
            duck.execute(
                    "COPY (SELECT 'word ' || i %% 9 AS word, i AS number FROM range(%d) t(i)) TO %s (ROW_GROUP_SIZE 2048)"
                            .formatted(2048 * ROW_GROUPS, DuckDbSession.literal(source.toString())));
        }
        // There is room for the entries of one column, or for what the pages of both told.
        long buffers = 4 * 50_000;
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            Footer footer = FooterReader.read(reader, 64 << 20);
            SourceFile file = SourceFile.of(reader, footer, 64 << 20, JvmCodecs.INSTANCE);
            SurveyCache surveys =
                    new SurveyCache(file, Settings.defaults(), new LocalResources(1, buffers, null, false));
            RowGroups all = RowGroups.range(0, ROW_GROUPS - 1);
            SurveyCache.Begun begun = surveys.begin(all);
            List<Leaf> leaves = footer.schema().leaves();
            List<SurveyedColumn> surveyed = leaves.stream()
                    .map(leaf -> begun.survey(leaf, surveys.surveyor()))
                    .toList();
            long read = file.bytes().bytesRead();

            for (int i = 0; i < leaves.size(); i++) {
                SurveyedColumn taken = surveys.take(all, leaves.get(i));
                SurveyedColumn before = surveyed.get(i);
                assertThat(taken.fragments()).hasSize(ROW_GROUPS);
                assertThat(taken.fragments())
                        .extracting(
                                FragmentChunk::rowGroup,
                                fragment -> fragment.chunk().start())
                        .isEqualTo(before.fragments().stream()
                                .map(fragment -> tuple(
                                        fragment.rowGroup(), fragment.chunk().start()))
                                .toList());
                assertThat(taken.heapBytes()).isEqualTo(before.heapBytes());
            }
            assertThat(file.bytes().bytesRead()).isEqualTo(read);
        }
    }

    @Test
    void shortChunksAreReadOnceForTheirSurveyAndTheirPages() throws SQLException {
        Path source = folder.resolve("source.parquet");
        try (DuckDbSession duck = DuckDbSession.open()) {
            duck.execute(
                    "COPY (SELECT 'word ' || i %% 9 AS word, i AS number FROM range(%d) t(i)) TO %s (ROW_GROUP_SIZE 2048)"
                            .formatted(2048 * ROW_GROUPS, DuckDbSession.literal(source.toString())));
        }
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            Footer footer = FooterReader.read(reader, 64 << 20);
            SourceFile file = SourceFile.of(reader, footer, 64 << 20, JvmCodecs.INSTANCE);
            SurveyCache surveys =
                    new SurveyCache(file, Settings.defaults(), new LocalResources(1, 64 << 20, null, false));
            Leaf words = footer.schema().leaves().get(0);

            SurveyedColumn opened = surveys.takeHolding(RowGroups.range(0, ROW_GROUPS - 1), words);

            long bytes = opened.sourceBytes();
            assertThat(file.bytes().bytesRead()).isEqualTo(bytes);
            assertThat(opened.file().bytes().heldBytes()).isEqualTo(bytes);
            for (FragmentChunk fragment : opened.fragments()) {
                long start = fragment.chunk().start();
                int length = (int) fragment.chunk().compressedSize();
                byte[] held = new byte[length];
                byte[] read = new byte[length];
                opened.file().bytes().read(start, held, 0, length);
                reader.read(start, ByteBuffer.wrap(read));
                assertThat(held).isEqualTo(read);
            }
            assertThat(file.bytes().bytesRead()).isEqualTo(bytes);
        }
    }

    /** Hears how many columns are sampled at once. */
    private record ObservedWorkers(Workers workers, AtomicInteger most) implements Workers {
        @Override
        public int count() {
            return workers.count();
        }

        @Override
        public void forEach(int count, int atOnce, String name, Supplier<IntConsumer> worker) {
            most.set(atOnce);
            workers.forEach(count, atOnce, name, worker);
        }

        @Override
        public <W> Pipeline<W> pipeline(ReadBackOutput output, W written, long bytes, long bytesAhead) {
            return workers.pipeline(output, written, bytes, bytesAhead);
        }

        @Override
        public <T> Deferred<T> defer(Supplier<T> work) {
            return workers.defer(work);
        }

        @Override
        public <T> Ahead ahead(List<Deferred<T>> results) {
            return workers.ahead(results);
        }
    }

    private static final class ObservedResources extends ForwardingResources {
        private final AtomicInteger most;

        ObservedResources(ExecutionResources resources, AtomicInteger most) {
            super(resources);
            this.most = most;
        }

        @Override
        public Workers workers() {
            return new ObservedWorkers(super.workers(), most);
        }
    }

    /** The buffers are a third of the heap, which the launcher makes 25 MiB of 96 MiB and 53 MiB of 128 MiB. */
    @ParameterizedTest(name = "buffers of a heap of {0} MiB: {1}")
    @CsvSource({"25, 1", "53, 2"})
    void columnsAreSampledOneAfterTheOtherWhereTheMemoryIsSmall(int heap, int expected) throws IOException {
        Path source = folder.resolve("source.parquet");
        RepeatedFile.ofIntegers(source, 2, 10, 2);
        AtomicInteger most = new AtomicInteger();
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            Footer footer = FooterReader.read(reader, 64 << 20);
            SourceFile file = SourceFile.of(reader, footer, 64 << 20, JvmCodecs.INSTANCE);
            LocalResources resources = new LocalResources(4, ((long) heap << 20) / 3, null, false);
            SurveyCache surveys = new SurveyCache(file, Settings.defaults(), new ObservedResources(resources, most));

            surveys.forEachSampledColumn(2, "test", () -> column -> {});

            assertThat(most.get()).isEqualTo(expected);
        }
    }
}
