package io.glulam.format;

/**
 * How many pages of a type and encoding a chunk holds (the specification's {@code PageEncodingStats}).
 *
 * @param pageType Thrift value of {@code PageType}
 * @param encoding Thrift value of {@code Encoding}
 * @param count number of pages
 */
public record PageEncodingStats(int pageType, int encoding, int count) {}
