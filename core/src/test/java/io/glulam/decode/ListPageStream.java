package io.glulam.decode;

import io.glulam.page.PageStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages that are in memory already. */
public final class ListPageStream implements PageStream {
    private final Iterator<Page> pages;

    public ListPageStream(List<Page> pages) {
        this.pages = List.copyOf(pages).iterator();
    }

    @Override
    public @Nullable Page next() {
        return pages.hasNext() ? pages.next() : null;
    }

    @Override
    public void close() {}
}
