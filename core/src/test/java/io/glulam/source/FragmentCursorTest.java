package io.glulam.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.codec.JvmCodecs;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.local.LocalFileReader;
import io.glulam.storage.ForwardingReader;
import io.glulam.testkit.generate.RepeatedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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

    private Path source() throws IOException {
        Path source = folder.resolve("source.parquet");
        RepeatedFile.ofIntegers(source, COLUMNS, 10, ROW_GROUPS);
        return source;
    }

    @Test
    void shortChunksOfNeighbouringColumnsAreReadTogetherAndAreTheFilesBytes() throws IOException {
        int[] all = IntStream.range(0, ROW_GROUPS).toArray();
        try (LocalFileReader bytes = LocalFileReader.open(source());
                Counted counted = new Counted(bytes)) {
            Footer footer = FooterReader.read(bytes, LITTLE_MEMORY);
            assertThat(footer.findsChunks()).isFalse();
            SourceFile file = SourceFile.of(counted, footer, 8 << 20, JvmCodecs.INSTANCE);
            FragmentCursor cursor = FragmentCursor.byRowGroups(file);
            for (Leaf leaf : footer.schema().leaves()) {
                for (Fragment fragment : cursor.holding(all, leaf)) {
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
}
