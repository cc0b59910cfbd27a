package io.glulam.recode;

import io.glulam.format.Encoding;

/**
 * Takes the pages of one recoded chunk. The dictionary is known only at the end, though it belongs in front of the data
 * pages. All pages of dictionary indices come before the first other page.
 */
public interface PageSink {
    /** A data page, in order. */
    void dataPage(RecodedPage page);

    /**
     * The dictionary, after the last data page; not called if no page refers to one.
     *
     * @param plain entries in encoding PLAIN, from index 0; belongs to the caller and is valid during the call only
     * @param length bytes of {@code plain} that count
     * @param encoding what the page header is to say: PLAIN, or PLAIN_DICTIONARY beside pages that say so too
     */
    void dictionary(int entryCount, byte[] plain, int length, Encoding encoding);
}
