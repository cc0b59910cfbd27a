package io.glulam.source;

import io.glulam.format.ColumnChunk;
import io.glulam.page.BodyArrays;
import io.glulam.page.ChunkPageStream;
import io.glulam.page.PageStream;
import io.glulam.page.PageWalker;
import io.glulam.page.codec.PageCodec;
import org.jspecify.annotations.Nullable;

/** The pages of one column chunk of a source, with a codec of their own. */
public final class SourceChunk implements PageStream {
    private static final int WINDOW = 4096;

    private final PageCodec codec;
    private final PageStream pages;

    public SourceChunk(SourceFile file, ColumnChunk chunk) {
        this(file, chunk, new BodyArrays());
    }

    /** @param arrays that nothing else uses until this is closed */
    public SourceChunk(SourceFile file, ColumnChunk chunk, BodyArrays arrays) {
        codec = file.codecs().ofChunk(chunk.codec());
        pages = ChunkPageStream.of(chunk, new PageWalker(file.bytes(), WINDOW), file.bodies(codec, arrays));
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
