package io.glulam.splice;

import io.glulam.page.EncodedPage;

/**
 * A data page as it is stored.
 *
 * @param version 1 or 2
 * @param encoding Thrift value of the values' encoding
 * @param values nulls included
 * @param rows that begin in it; -1 if unknown: then there will be no page index
 * @param storedLength header and body, in bytes
 * @param length the same uncompressed
 */
public record StoredPage(int version, int encoding, int values, int rows, long storedLength, long length) {
    /** Returns a page that was encoded, of which {@code rows} begin in it as above. */
    public static StoredPage of(int version, EncodedPage page, int rows) {
        return new StoredPage(
                version,
                page.header().encoding(),
                page.header().valueCount(),
                rows,
                page.length(),
                (long) page.headerLength() + page.header().uncompressedSize());
    }
}
