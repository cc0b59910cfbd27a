package io.glulam.source;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.ColumnChunk;
import io.glulam.format.CompressionCodec;
import io.glulam.page.BodyArrays;
import io.glulam.page.ChunkPageStream;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageStream;
import io.glulam.page.PageWalker;
import io.glulam.page.codec.PageCodec;
import io.glulam.page.codec.PageCodecs;
import org.jspecify.annotations.Nullable;

/** The pages of one column chunk of a source, with a codec of their own. */
public final class SourceChunk implements PageStream {
    private static final int WINDOW = 4096;

    private final PageCodec codec;
    private final PageStream pages;

    public SourceChunk(SourceFile file, ColumnChunk chunk) {
        this(file, chunk, new BodyArrays());
    }

    /** @param arrays that nobody else uses until this is closed */
    public SourceChunk(SourceFile file, ColumnChunk chunk, BodyArrays arrays) {
        CompressionCodec known = CompressionCodec.of(chunk.codec());
        if (known == null) {
            throw new Unsupported(Place.UNKNOWN, "the unknown compression codec " + chunk.codec());
        }
        codec = PageCodecs.of(known);
        PageBodyReader bodies = new PageBodyReader(
                file.bytes(), codec, file.maxPageBytes(), file.trust().dialect().alwaysCompressedV2(), arrays);
        pages = ChunkPageStream.of(chunk, new PageWalker(file.bytes(), WINDOW), bodies);
    }

    @Override
    public @Nullable Page next() {
        return pages.next();
    }

    @Override
    public void close() {
        codec.close();
    }
}
