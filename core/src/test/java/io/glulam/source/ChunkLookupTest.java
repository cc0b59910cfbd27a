package io.glulam.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.codec.JvmCodecs;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterBytes;
import io.glulam.footer.FooterReader;
import io.glulam.format.Leaf;
import io.glulam.local.LocalFileReader;
import io.glulam.storage.RangeReader;
import io.glulam.testkit.generate.RepeatedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A footer that is read through windows, column by column. */
class ChunkLookupTest {
    private static final int COLUMNS = 300;
    private static final int ROW_GROUPS = 5;
    private static final long ALL_OF_IT = 64 << 20;

    /** Bytes read for each of the footer: an entry is read through the shortest window, which holds some more. */
    private static final long MAX_READ = 8;

    @TempDir
    Path folder;

    private final AtomicLong bytesRead = new AtomicLong();

    private record Counted(FooterBytes bytes, AtomicLong read) implements FooterBytes {
        @Override
        public int length() {
            return bytes.length();
        }

        @Override
        public void read(int position, byte[] target, int from, int length) {
            read.addAndGet(length);
            bytes.read(position, target, from, length);
        }
    }

    private Path source() throws IOException {
        Path source = folder.resolve("source.parquet");
        RepeatedFile.ofIntegers(source, COLUMNS, 10, ROW_GROUPS);
        return source;
    }

    @Test
    void passesOverTheEntriesOfARowGroupOnceAndNotOnceForEachColumn() throws IOException {
        try (RangeReader reader = LocalFileReader.open(source())) {
            Footer resident = FooterReader.read(reader, ALL_OF_IT);
            Footer windowed = Footer.parse(new Counted(resident.bytes(), bytesRead), resident.offsetInFile());
            ChunkLookup chunks = new ChunkLookup(SourceFile.of(reader, windowed, 1 << 20, JvmCodecs.INSTANCE));
            bytesRead.set(0);
            for (Leaf leaf : windowed.schema().leaves()) {
                for (int rowGroup = 0; rowGroup < ROW_GROUPS; rowGroup++) {
                    assertThat(chunks.chunk(rowGroup, leaf).start())
                            .isEqualTo(resident.chunk(rowGroup, leaf.index()).start());
                }
            }
            assertThat(bytesRead.get()).isLessThan(MAX_READ * windowed.bytes().length());
        }
    }
}
