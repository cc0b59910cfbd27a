package io.glulam.page;

import org.jspecify.annotations.Nullable;

/** The pages of a column chunk in order, decompressed one at a time. Not thread-safe. */
public interface PageStream extends AutoCloseable {
    /** The next page, dictionary page first; null at the end. Valid until the next call. */
    @Nullable
    Page next();

    @Override
    void close();

    /**
     * A page with its body decompressed.
     *
     * @param header as stored; sizes are those of the stored form
     * @param body levels (version 2: repetition, then definition levels, lengths in the header) and values
     * @param from index in {@code body} of the first byte
     * @param length number of bytes: the header's uncompressed size
     * @param position offset of the header in the object
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Page(PageHeader header, byte[] body, int from, int length, long position) {}
}
