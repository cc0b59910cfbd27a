package io.glulam.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.codec.JvmCodecs;
import io.glulam.fetch.StagedReader;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalFileReader;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.support.ForwardingResources;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.source.SourceFile;
import io.glulam.storage.ForwardingReader;
import io.glulam.storage.PartLimits;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import io.glulam.testkit.generate.RepeatedFile;
import io.glulam.threads.LocalResources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often and how far the spooled footer of an object is read until it is planned by the default effort. */
@Tag("once")
class LongFooterReadsTest {
    private static final int ROWS = 10;
    private static final long ALL_OF_IT = 64 << 20;
    private static final long LITTLE_MEMORY = 4 << 20;
    private static final PartLimits COPIES = new PartLimits(5 << 20, 1 << 30, 10_000, false, true, 0);

    /** For the ranges to fetch, for the survey and by each of two samplers, with what is read twice at seams. */
    private static final int MAX_PASSES = 8;

    /** Entries that one read must bring in all these passes, on average. */
    private static final int MIN_ENTRIES_PER_READ = 2;

    @TempDir
    Path folder;

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private volatile long footerStart = Long.MAX_VALUE;

    /** An object of a store, as far as a plan can tell. */
    private static final class Remote extends ForwardingReader {
        Remote(RangeReader file) {
            super(file);
        }

        @Override
        public void read(long position, ByteBuffer target) {
            delegate().read(position, target);
        }

        @Override
        public boolean isRemote() {
            return true;
        }
    }

    /** Counts reads of the footer. */
    private final class CountedSpool implements RangeSpool {
        private final RangeSpool spool;

        CountedSpool(RangeSpool spool) {
            this.spool = spool;
        }

        @Override
        public void write(long position, ByteBuffer bytes) {
            spool.write(position, bytes);
        }

        @Override
        public void read(long position, ByteBuffer target) {
            if (position >= footerStart) {
                reads.incrementAndGet();
                bytesRead.addAndGet(target.remaining());
            }
            spool.read(position, target);
        }

        @Override
        public void close() {
            spool.close();
        }
    }

    private final class CountedResources extends ForwardingResources {
        CountedResources() {
            super(new LocalResources(2, LITTLE_MEMORY, folder, false));
        }

        @Override
        public RangeSpool newSpool() {
            return new CountedSpool(super.newSpool());
        }
    }

    @ParameterizedTest(name = "{0} columns in {1} row groups")
    @CsvSource({"300, 100", "30, 1000"})
    void itIsReadInFewPassesAndSeveralEntriesAtATime(int columns, int rowGroups) throws IOException {
        Path source = folder.resolve("source.parquet");
        RepeatedFile.ofIntegers(source, columns, ROWS, rowGroups);
        CountedResources resources = new CountedResources();
        try (StagedReader object = StagedReader.over(new Remote(LocalFileReader.open(source)), resources, COPIES)) {
            Footer footer = FooterReader.read(object, 1);
            assertThat(footer.findsChunks()).isFalse();
            footerStart = footer.offsetInFile();

            Plan plan = plan(object, footer, resources);

            assertThat(plan.groups()).hasSize(1);
            assertThat(plan.groups()).isEqualTo(resident(source, resources).groups());
            int length = footer.bytes().length();
            assertThat(bytesRead.get()).isPositive().isLessThan((long) MAX_PASSES * length);
            assertThat(reads.get()).isLessThan((long) columns * rowGroups / MIN_ENTRIES_PER_READ);
        }
    }

    private static Plan plan(RangeReader reader, Footer footer, ExecutionResources resources) {
        SourceFile file = SourceFile.of(reader, footer, LITTLE_MEMORY, JvmCodecs.INSTANCE);
        Settings settings = Settings.defaults();
        return new Planner(new SurveyCache(file, settings, resources), settings, done -> {}).plan();
    }

    private static Plan resident(Path source, ExecutionResources resources) throws IOException {
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            Footer footer = FooterReader.read(reader, ALL_OF_IT);
            assertThat(footer.findsChunks()).isTrue();
            return plan(reader, footer, resources);
        }
    }
}
