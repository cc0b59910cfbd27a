package io.glulam.splice;

import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageSections;
import org.jspecify.annotations.Nullable;

/** Joins the encoded values of the pages that make up one output page, in one encoding. Not thread-safe. */
interface ValueSplicer {
    void clear();

    /**
     * Adds a page's values.
     *
     * @param sections where they are; bytes after the last value are padding and are left out
     * @param count values that are not null
     * @throws io.glulam.error.CorruptFile if there are fewer
     */
    void add(byte[] body, PageSections sections, int count);

    /** Makes room for about so many bytes of values, a hint. */
    default void expect(int bytes) {}

    /** Returns the joined values where they lie side by side already, valid until the next call; null elsewhere. */
    default @Nullable ByteArrayBuilder joined() {
        return null;
    }

    /** Appends the joined values. */
    void finish(ByteArrayBuilder out);
}
