package io.glulam.source;

import io.glulam.page.PageStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pages of several chunks, one chunk after the other, each opened when the one before is through. */
public final class ConcatenatedPages implements PageStream {
    private final Supplier<@Nullable PageStream> chunks;
    private @Nullable PageStream current;

    /** @param chunks opens the next chunk; null at the end */
    public ConcatenatedPages(Supplier<@Nullable PageStream> chunks) {
        this.chunks = chunks;
        this.current = chunks.get();
    }

    @Override
    public @Nullable Page next() {
        for (PageStream chunk = current; chunk != null; chunk = current) {
            Page page = chunk.next();
            if (page != null) {
                return page;
            }
            chunk.close();
            current = chunks.get();
        }
        return null;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }
}
