package io.glulam.format;

/**
 * How many pages of a type and encoding a chunk holds (the specification's {@code PageEncodingStats}).
 *
 * @param pageType Thrift value of {@code PageType}
 * @param encoding Thrift value of {@code Encoding}
 * @param count number of pages
 */
public record PageEncodingStats(int pageType, int encoding, int count) implements Comparable<PageEncodingStats> {
    /** Compares by type, then encoding, then count. */
    @Override
    public int compareTo(PageEncodingStats other) {
        int byType = Integer.compare(pageType, other.pageType);
        int byEncoding = byType != 0 ? byType : Integer.compare(encoding, other.encoding);
        return byEncoding != 0 ? byEncoding : Integer.compare(count, other.count);
    }
}
