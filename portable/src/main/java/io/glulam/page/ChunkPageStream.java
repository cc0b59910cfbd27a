package io.glulam.page;

import io.glulam.format.ColumnChunk;
import io.glulam.format.PageType;
import org.jspecify.annotations.Nullable;

/** The pages of one column chunk of a source, dictionary and data pages only. Not thread-safe. */
public final class ChunkPageStream implements PageStream {
    private final PageWalker walker;
    private final PageBodyReader bodies;
    private final boolean empty;

    private ChunkPageStream(PageWalker walker, PageBodyReader bodies, boolean empty) {
        this.walker = walker;
        this.bodies = bodies;
        this.empty = empty;
    }

    /** Streams {@code chunk}; walker and reader may be used again afterwards. A chunk without values has no pages. */
    public static ChunkPageStream of(ColumnChunk chunk, PageWalker walker, PageBodyReader bodies) {
        walker.start(chunk);
        // The offsets of such chunks are arbitrary: some writers point them at the file's magic.
        return new ChunkPageStream(walker, bodies, chunk.valueCount() == 0);
    }

    @Override
    public @Nullable Page next() {
        PageHeader header = empty ? null : walker.next();
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
