package io.glulam.testkit.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * Walks the page headers of a chunk. Offsets and sizes in footers lie (missing dictionary offsets, sizes without the
 * dictionary header: PARQUET-816), so the number of values decides when the chunk is complete. The first page of another
 * chunk is none of this one's: a chunk that claims more values than it has ends there, malformed.
 */
final class PageWalker {
    private PageWalker() {}

    static ChunkPages walk(ParquetFile file, ColumnMetaData chunk) {
        long start = startOf(chunk);
        long statedEnd = start + chunk.getTotal_compressed_size();
        List<PageInfo> pages = new ArrayList<>();
        long position = start;
        long values = 0;
        while (values < chunk.getNum_values()) {
            if (position > start && file.isStartOfChunk(position)) {
                throw new MalformedFile("chunk at " + start + " has " + values + " values where the next begins, not "
                        + chunk.getNum_values());
            }
            PageInfo page = pageAt(file, position);
            pages.add(page);
            values += page.isData() ? page.numValues() : 0;
            position = page.end();
        }
        // Pages without values may follow; anything else there is for the linter to complain about.
        while (position < statedEnd) {
            try {
                PageInfo page = pageAt(file, position);
                if (page.isData() && page.numValues() > 0 || page.end() > statedEnd) {
                    break;
                }
                pages.add(page);
                position = page.end();
            } catch (MalformedFile notAPage) {
                break;
            }
        }
        return new ChunkPages(List.copyOf(pages), start, statedEnd, position);
    }

    static long startOf(ColumnMetaData chunk) {
        long data = chunk.getData_page_offset();
        long dictionary = chunk.getDictionary_page_offset();
        // A chunk of a row group without rows may hold nothing but a dictionary page.
        return dictionary > 0 && (dictionary < data || data <= 0) ? dictionary : data;
    }

    /** Parses the page header at an offset and checks that the page lies inside the file. */
    static PageInfo pageAt(ParquetFile file, long offset) {
        FileInput in = file.inputAt(offset);
        PageHeader header;
        try {
            header = Util.readPageHeader(in);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new MalformedFile("no page header at " + offset + ": " + e.getMessage(), e);
        }
        PageInfo page = new PageInfo(offset, (int) (in.position() - offset), header);
        if (header.getType() == null || !hasMatchingHeader(header)) {
            throw new MalformedFile("page at " + offset + " has an unknown type, or not the header of its type");
        }
        if (header.getType() != PageType.INDEX_PAGE && page.encoding() == null) {
            throw new MalformedFile("page at " + offset + " has an unknown encoding");
        }
        if (page.compressedSize() < 0 || page.uncompressedSize() < 0 || page.numValues() < 0) {
            throw new MalformedFile("page at " + offset + " has a negative size or count");
        }
        if (page.end() > file.length()) {
            throw new MalformedFile("page at " + offset + " ends behind the file");
        }
        return page;
    }

    private static boolean hasMatchingHeader(PageHeader header) {
        return switch (header.getType()) {
            case DATA_PAGE -> header.isSetData_page_header();
            case DATA_PAGE_V2 -> header.isSetData_page_header_v2();
            case DICTIONARY_PAGE -> header.isSetDictionary_page_header();
            case INDEX_PAGE -> true;
        };
    }
}
