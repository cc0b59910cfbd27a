package io.glulam.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.codec.JvmCodecs;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterBytes;
import io.glulam.footer.FooterReader;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.local.LocalFileReader;
import io.glulam.storage.ForwardingReader;
import io.glulam.testkit.generate.RepeatedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FragmentCursorTest {
    private static final int COLUMNS = 200;
    private static final int ROW_GROUPS = 5;
    /** The footer is read through windows. */
    private static final long LITTLE_MEMORY = 64 << 10;

    @TempDir
    Path folder;

    private static final class Counted extends ForwardingReader {
        private int reads;

        Counted(LocalFileReader file) {
            super(file);
        }

        @Override
        public void read(long position, ByteBuffer target) {
            reads++;
            delegate().read(position, target);
        }
    }

    private static final class FarAway extends ForwardingReader {
        private final int readAhead;

        FarAway(LocalFileReader file, int readAhead) {
            super(file);
            this.readAhead = readAhead;
        }

        @Override
        public int footerReadAhead() {
            return readAhead;
        }

        @Override
        public void read(long position, ByteBuffer target) {
            delegate().read(position, target);
        }
    }

    private record CountedFooter(FooterBytes bytes, AtomicInteger reads) implements FooterBytes {
        @Override
        public int length() {
            return bytes.length();
        }

        @Override
        public void read(int position, byte[] target, int from, int length) {
            reads.incrementAndGet();
            bytes.read(position, target, from, length);
        }
    }

    private Path source(int rowGroups) throws IOException {
        Path source = folder.resolve("source.parquet");
        RepeatedFile.ofIntegers(source, COLUMNS, 10, rowGroups);
        return source;
    }

    @Test
    void shortChunksOfNeighbouringColumnsAreReadTogetherAndAreTheFilesBytes() throws IOException {
        int[] all = IntStream.range(0, ROW_GROUPS).toArray();
        try (LocalFileReader bytes = LocalFileReader.open(source(ROW_GROUPS));
                Counted counted = new Counted(bytes)) {
            Footer footer = FooterReader.read(bytes, LITTLE_MEMORY);
            assertThat(footer.findsChunks()).isFalse();
            SourceFile file = SourceFile.of(counted, footer, 8 << 20, JvmCodecs.INSTANCE);
            FragmentCursor cursor = FragmentCursor.byRowGroups(file);
            for (Leaf leaf : footer.schema().leaves()) {
                for (FragmentChunk fragment : cursor.holding(all, leaf)) {
                    ColumnChunk chunk = fragment.chunk();
                    int length = (int) chunk.compressedSize();
                    byte[] held = new byte[length];
                    byte[] read = new byte[length];
                    fragment.file().bytes().read(chunk.start(), held, 0, length);
                    bytes.read(chunk.start(), ByteBuffer.wrap(read));
                    assertThat(held).isEqualTo(read);
                    assertThat(chunk.start())
                            .isEqualTo(footer.chunk(fragment.rowGroup(), leaf.index())
                                    .start());
                }
            }
            assertThat(counted.reads).isLessThan(COLUMNS * ROW_GROUPS / 20);
        }
    }

    /** Stretches of the footer for a sixteenth of its row groups: as many as are asked for, far from each other. */
    @Test
    void aFooterOfMoreRowGroupsThanCanBeReadAheadIsReadAheadOfThoseThatAreAskedFor() throws IOException {
        int stretches = 8;
        int rowGroups = 16 * stretches;
        List<int[]> lots = List.of(new int[] {3, 4, 5, 6}, new int[] {3 + 8 * stretches, 4 + 8 * stretches}, new int[] {
            rowGroups - 2, rowGroups - 1
        });
        AtomicInteger reads = new AtomicInteger();
        try (LocalFileReader bytes = LocalFileReader.open(source(rowGroups))) {
            Footer resident = FooterReader.read(bytes, 64 << 20);
            Footer footer = Footer.parse(new CountedFooter(resident.bytes(), reads), resident.offsetInFile());
            FragmentCursor cursor = FragmentCursor.byColumns(
                    SourceFile.of(bytes, footer, 8 << 20, JvmCodecs.INSTANCE), stretches * 512);
            reads.set(0);
            for (Leaf leaf : footer.schema().leaves()) {
                for (int[] lot : lots) {
                    for (FragmentChunk fragment : cursor.of(lot, leaf)) {
                        assertThat(fragment.chunk().start())
                                .isEqualTo(resident.chunk(fragment.rowGroup(), leaf.index())
                                        .start());
                    }
                }
            }
        }
        assertThat(reads.get()).isLessThan(COLUMNS * stretches * 3 / 4);
    }

    /** Eight times as much is held of each row group's entries, so that it is read for eight times as many columns. */
    @Test
    void theReaderTellsHowFarItsFooterIsReadAhead() throws IOException {
        int rowGroups = 64;
        Path source = source(rowGroups);
        int least = rowGroups << 8;
        assertThat(readsOfFooter(source, rowGroups, 8 * least)).isLessThan(readsOfFooter(source, rowGroups, least) / 4);
    }

    private static int readsOfFooter(Path source, int rowGroups, int readAhead) throws IOException {
        AtomicInteger reads = new AtomicInteger();
        int[] all = IntStream.range(0, rowGroups).toArray();
        try (LocalFileReader local = LocalFileReader.open(source);
                FarAway bytes = new FarAway(local, readAhead)) {
            Footer resident = FooterReader.read(bytes, 64 << 20);
            Footer footer = Footer.parse(new CountedFooter(resident.bytes(), reads), resident.offsetInFile());
            FragmentCursor cursor = FragmentCursor.byColumns(SourceFile.of(bytes, footer, 8 << 20, JvmCodecs.INSTANCE));
            reads.set(0);
            for (Leaf leaf : footer.schema().leaves()) {
                for (FragmentChunk fragment : cursor.of(all, leaf)) {
                    assertThat(fragment.chunk().start())
                            .isEqualTo(resident.chunk(fragment.rowGroup(), leaf.index())
                                    .start());
                }
            }
        }
        return reads.get();
    }
}
