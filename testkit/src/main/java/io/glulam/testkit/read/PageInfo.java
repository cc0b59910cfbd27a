package io.glulam.testkit.read;

import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;

/**
 * A page as its header describes it.
 *
 * @param offset of the header in the file
 * @param headerSize in bytes
 * @param header as parsed
 */
public record PageInfo(long offset, int headerSize, PageHeader header) {
    public PageType type() {
        return header.getType();
    }

    /** Body size as stored. */
    public int compressedSize() {
        return header.getCompressed_page_size();
    }

    public int uncompressedSize() {
        return header.getUncompressed_page_size();
    }

    public boolean isData() {
        return type() == PageType.DATA_PAGE || type() == PageType.DATA_PAGE_V2;
    }

    public boolean isDictionary() {
        return type() == PageType.DICTIONARY_PAGE;
    }

    /** Of the values; null for an index page. */
    public Encoding encoding() {
        return switch (type()) {
            case DATA_PAGE -> header.getData_page_header().getEncoding();
            case DATA_PAGE_V2 -> header.getData_page_header_v2().getEncoding();
            case DICTIONARY_PAGE -> header.getDictionary_page_header().getEncoding();
            case INDEX_PAGE -> null;
        };
    }

    public boolean isDictionaryEncoded() {
        return isData() && (encoding() == Encoding.PLAIN_DICTIONARY || encoding() == Encoding.RLE_DICTIONARY);
    }

    /** Values with nulls in a data page, entries in a dictionary page, 0 in an index page. */
    public int numValues() {
        return switch (type()) {
            case DATA_PAGE -> header.getData_page_header().getNum_values();
            case DATA_PAGE_V2 -> header.getData_page_header_v2().getNum_values();
            case DICTIONARY_PAGE -> header.getDictionary_page_header().getNum_values();
            case INDEX_PAGE -> 0;
        };
    }

    /** Rows as a V2 header states them; -1 if the header does not say. */
    public int numRows() {
        return type() == PageType.DATA_PAGE_V2 ? header.getData_page_header_v2().getNum_rows() : -1;
    }

    /** First byte of the body. */
    public long bodyOffset() {
        return offset + headerSize;
    }

    /** First byte behind the page. */
    public long end() {
        return bodyOffset() + compressedSize();
    }
}
