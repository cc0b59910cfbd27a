package io.glulam.decode;

import io.glulam.codec.JvmCodecs;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.format.ColumnChunk;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Leaf;
import io.glulam.local.LocalFileReader;
import io.glulam.page.ByteSource;
import io.glulam.page.ChunkPageStream;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageStream;
import io.glulam.page.PageWalker;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** A local file, its footer and the pages of its chunks. */
public final class OpenedFile implements AutoCloseable {
    private final LocalFileReader file;
    private final Footer footer;

    private OpenedFile(LocalFileReader file) {
        this.file = file;
        this.footer = FooterReader.read(file, 64 << 20);
    }

    public static OpenedFile open(Path path) {
        return new OpenedFile(LocalFileReader.open(path));
    }

    public Footer footer() {
        return footer;
    }

    public List<Leaf> leaves() {
        return footer.schema().leaves();
    }

    /** The pages of a chunk, each read when it is asked for. */
    public PageStream pages(int rowGroup, int leaf) {
        ColumnChunk chunk = footer.chunk(rowGroup, leaf);
        CompressionCodec codec = CompressionCodec.of(chunk.codec());
        if (codec == null) {
            throw new AssertionError("codec " + chunk.codec());
        }
        ByteSource source = new Bytes(file);
        PageBodyReader bodies = new PageBodyReader(source, JvmCodecs.INSTANCE.of(codec), 512 << 20, false);
        return ChunkPageStream.of(chunk, new PageWalker(source, 4 << 10), bodies);
    }

    @Override
    public void close() {
        file.close();
    }

    private record Bytes(LocalFileReader file) implements ByteSource {
        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void read(long position, byte[] target, int from, int length) {
            file.read(position, ByteBuffer.wrap(target, from, length));
        }
    }
}
