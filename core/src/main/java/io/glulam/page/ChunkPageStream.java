package io.glulam.page;

import io.glulam.format.ColumnChunk;
import io.glulam.format.PageType;
import org.jspecify.annotations.Nullable;

/** The pages of one column chunk of a source, dictionary and data pages only. Not thread-safe. */
public final class ChunkPageStream implements PageStream {
    private final PageWalker walker;
    private final PageBodyReader bodies;

    /** Streams the chunk at which {@code walker} has been started; walker and reader may be used again afterwards. */
    public ChunkPageStream(PageWalker walker, PageBodyReader bodies) {
        this.walker = walker;
        this.bodies = bodies;
    }

    /** As {@link #ChunkPageStream(PageWalker, PageBodyReader)}, starting {@code walker} at {@code chunk}. */
    public static ChunkPageStream of(ColumnChunk chunk, PageWalker walker, PageBodyReader bodies) {
        walker.start(chunk);
        return new ChunkPageStream(walker, bodies);
    }

    @Override
    public @Nullable Page next() {
        PageHeader header = walker.next();
        while (header != null && header.type() == PageType.INDEX_PAGE) {
            header = walker.next();
        }
        if (header == null) {
            return null;
        }
        byte[] body = bodies.read(walker.position(), walker.headerLength(), header);
        return new Page(header, body, 0, header.uncompressedSize(), walker.position());
    }

    @Override
    public void close() {}
}
