package io.glulam.picture;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageType;
import io.glulam.page.PageHeader;
import io.glulam.page.PageWalker;
import io.glulam.source.SourceBytes;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the pages of column chunks from their headers; what those lack, rows and nulls, from the page index. Every header may
 * take a read of its own.
 */
public final class PageLister {
    /** Longer page indexes are not read for this: they describe far more pages than anyone looks at. */
    private static final int MAX_INDEX_BYTES = 1 << 20;

    private final SourceBytes bytes;
    private final Footer footer;

    public PageLister(SourceBytes bytes, Footer footer) {
        this.bytes = bytes;
        this.footer = footer;
    }

    /**
     * Lists pages of a chunk.
     *
     * @param column the leaf's index
     * @param maxPages how many at most, from the first one on
     * @throws CorruptFile if the pages contradict the chunk's entry
     */
    public ChunkPages pages(int rowGroup, int column, int maxPages) {
        Leaf leaf = footer.schema().leaves().get(column);
        ColumnChunk chunk = footer.chunk(rowGroup, column);
        List<ChunkPages.Page> pages = new ArrayList<>();
        // The offsets of chunks without values are arbitrary.
        if (chunk.valueCount() == 0) {
            return new ChunkPages(pages, true);
        }
        PageIndexes indexes = new PageIndexes(offsets(chunk, rowGroup), nulls(chunk), footer.rows(rowGroup));
        PageWalker walker = new PageWalker(bytes, bytes.headerWindow());
        int dataPages = 0;
        try {
            walker.start(chunk);
            for (PageHeader header = walker.next(); header != null; header = walker.next()) {
                if (pages.size() == maxPages) {
                    return new ChunkPages(pages, false);
                }
                int indexed = header.isData() ? indexes.page(dataPages++, walker.position()) : -1;
                pages.add(page(header, walker, leaf, indexed, indexes));
            }
        } catch (CorruptFile failure) {
            throw failure.within(new Place(bytes.name(), rowGroup, leaf.name(), -1));
        }
        return new ChunkPages(pages, true);
    }

    private static ChunkPages.Page page(
            PageHeader header, PageWalker walker, Leaf leaf, int indexed, PageIndexes indexes) {
        return new ChunkPages.Page(
                PageType.nameOf(header.type()),
                header.encoding() < 0 ? "" : Encoding.nameOf(header.encoding()),
                header.valueCount(),
                header.isData() ? rows(header, leaf, indexed, indexes) : -1,
                header.isData() ? nulls(header, leaf, indexed, indexes) : -1,
                (long) walker.headerLength() + header.compressedSize(),
                (long) walker.headerLength() + header.uncompressedSize());
    }

    private static long rows(PageHeader header, Leaf leaf, int indexed, PageIndexes indexes) {
        if (header.rowCount() >= 0) {
            return header.rowCount();
        }
        return leaf.maxRepetitionLevel() == 0 ? header.valueCount() : indexes.rows(indexed);
    }

    private static long nulls(PageHeader header, Leaf leaf, int indexed, PageIndexes indexes) {
        if (header.nullCount() >= 0) {
            return header.nullCount();
        }
        if (leaf.maxDefinitionLevel() == 0) {
            return 0;
        }
        return header.statistics() != null && header.statistics().nullCount() >= 0
                ? header.statistics().nullCount()
                : indexes.nulls(indexed);
    }

    private @Nullable OffsetIndex offsets(ColumnChunk chunk, int rowGroup) {
        byte[] index = read(chunk.offsetIndexOffset(), chunk.offsetIndexLength());
        try {
            OffsetIndex offsets =
                    index == null ? null : OffsetIndex.parse(index, 0, index.length, chunk.offsetIndexOffset());
            long end = chunk.start() + chunk.compressedSize();
            return offsets != null && offsets.describes(chunk.start(), end, footer.rows(rowGroup)) ? offsets : null;
        } catch (CorruptFile isLeftOut) {
            return null;
        }
    }

    private @Nullable ColumnIndex nulls(ColumnChunk chunk) {
        byte[] index = read(chunk.columnIndexOffset(), chunk.columnIndexLength());
        try {
            return index == null ? null : ColumnIndex.parse(index, 0, index.length, chunk.columnIndexOffset());
        } catch (CorruptFile isLeftOut) {
            return null;
        }
    }

    private byte @Nullable [] read(long offset, int length) {
        if (offset <= 0 || length <= 0 || length > MAX_INDEX_BYTES || offset > bytes.size() - length) {
            return null;
        }
        byte[] index = new byte[length];
        bytes.read(offset, index, 0, length);
        return index;
    }

    /**
     * The page index of a chunk, as far as it is there and believed.
     *
     * @param offsets null if absent
     * @param nulls null if absent
     * @param rows of the row group
     */
    private record PageIndexes(
            @Nullable OffsetIndex offsets, @Nullable ColumnIndex nulls, long rows) {
        /** Returns the number of a data page in the index; -1 if the index does not place it there. */
        int page(int number, long position) {
            return offsets != null && number < offsets.pageCount() && offsets.offsets()[number] == position
                    ? number
                    : -1;
        }

        long rows(int page) {
            if (page < 0 || offsets == null) {
                return -1;
            }
            long next = page + 1 < offsets.pageCount() ? offsets.firstRows()[page + 1] : rows;
            return next - offsets.firstRows()[page];
        }

        long nulls(int page) {
            if (page < 0 || offsets == null || nulls == null || nulls.pageCount() != offsets.pageCount()) {
                return -1;
            }
            return nulls.nullCounts().length == 0 ? -1 : Math.max(-1, nulls.nullCounts()[page]);
        }
    }
}
