package io.glulam.splice;

import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageSections;

/** Joins the encoded values of the pages that make up one output page, in one encoding. Not thread-safe. */
interface ValueSplicer {
    void clear();

    /**
     * Adds a page's values.
     *
     * @param sections where they are; bytes behind the last value are padding and left behind
     * @param count values that are not null
     * @throws io.glulam.error.CorruptFile if there are fewer
     */
    void add(byte[] body, PageSections sections, int count);

    /** Appends the joined values. */
    void finish(ByteArrayBuilder out);
}
