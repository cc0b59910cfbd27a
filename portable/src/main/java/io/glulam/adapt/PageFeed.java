package io.glulam.adapt;

import io.glulam.page.PageStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pages that are handed over one at a time; before the first of them, the chunk's dictionary. Not thread-safe. */
final class PageFeed implements PageStream {
    private final Supplier<@Nullable Page> dictionary;
    private boolean begun;
    private @Nullable Page page;

    /** @param dictionary called once, for the first page; gives null if the chunk has none */
    PageFeed(Supplier<@Nullable Page> dictionary) {
        this.dictionary = dictionary;
    }

    /** Sets the page that comes next; the one before must be read. */
    void put(Page next) {
        page = next;
    }

    @Override
    public @Nullable Page next() {
        if (!begun && page != null) {
            begun = true;
            Page entries = dictionary.get();
            if (entries != null) {
                return entries;
            }
        }
        Page given = page;
        page = null;
        return given;
    }

    @Override
    public void close() {}
}
