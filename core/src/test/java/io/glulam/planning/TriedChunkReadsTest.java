package io.glulam.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.codec.JvmCodecs;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalFileReader;
import io.glulam.plan.Effort;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.source.SourceFile;
import io.glulam.storage.ForwardingReader;
import io.glulam.storage.RangeReader;
import io.glulam.testkit.generate.RepeatedFile;
import io.glulam.threads.LocalResources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a plan reads short chunks whose pages it tries out, of a file whose footer is longer than memory. */
@Tag("once")
class TriedChunkReadsTest {
    private static final int COLUMNS = 200;
    private static final int ROW_GROUPS = 100;
    private static final int CHUNKS = COLUMNS * ROW_GROUPS;
    private static final int ROWS = 10;
    private static final long ALL_OF_IT = 64 << 20;
    private static final long LITTLE_MEMORY = 4 << 20;

    @TempDir
    Path folder;

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private volatile long footerStart;

    /** Counts reads of pages. */
    private final class Counted extends ForwardingReader {
        Counted(RangeReader file) {
            super(file);
        }

        @Override
        public void read(long position, ByteBuffer target) {
            if (position < footerStart) {
                reads.incrementAndGet();
                bytesRead.addAndGet(target.remaining());
            }
            delegate().read(position, target);
        }
    }

    @Test
    void thoseOfNeighboringColumnsAreReadTogetherAndOnce() throws IOException {
        Path source = folder.resolve("source.parquet");
        RepeatedFile.ofIntegers(source, COLUMNS, ROWS, ROW_GROUPS);

        Plan windowed = plan(source, 1);

        assertThat(windowed.groups()).hasSize(1);
        assertThat(reads.get()).isPositive().isLessThan(CHUNKS / 8);
        assertThat(bytesRead.get()).isLessThan(Files.size(source));
        assertThat(windowed.groups()).isEqualTo(plan(source, ALL_OF_IT).groups());
    }

    /** @param footerBytes that are held of the footer */
    private Plan plan(Path source, long footerBytes) throws IOException {
        LocalResources resources = new LocalResources(2, LITTLE_MEMORY, folder, false);
        try (RangeReader reader = new Counted(LocalFileReader.open(source))) {
            Footer footer = FooterReader.read(reader, footerBytes);
            assertThat(footer.findsChunks()).isEqualTo(footerBytes == ALL_OF_IT);
            footerStart = footer.offsetInFile();
            SourceFile file = SourceFile.of(reader, footer, LITTLE_MEMORY, JvmCodecs.INSTANCE);
            Settings settings = Settings.defaults().withEffort(Effort.COPY);
            return new Planner(new SurveyCache(file, settings, resources), settings, done -> {}).plan();
        }
    }
}
