package io.glulam.splice;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageEncodingStats;
import io.glulam.format.PageType;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.page.EncodedPage;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.ColumnIndexBuilder;
import io.glulam.statistics.OffsetIndex;
import io.glulam.statistics.PageSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a column chunk's footer entry and page index need while its pages are written, in order. Everything
 * comes from the pages' headers, nothing from the sources' footers. Not thread-safe.
 */
public final class ChunkBuilder {
    /** Ordered as the footer lists them: by falling type, then by encoding. */
    private record PageKind(int type, int encoding) implements Comparable<PageKind> {
        @Override
        public int compareTo(PageKind other) {
            return type != other.type ? Integer.compare(other.type, type) : Integer.compare(encoding, other.encoding);
        }
    }

    private final Leaf leaf;
    private final int codec;
    private final ColumnIndexBuilder columnIndex;
    private final Map<PageKind, Integer> kinds = new TreeMap<>();
    private long[] offsets = new long[64];
    private int[] sizes = new int[64];
    private long[] firstRows = new long[64];
    private int pageCount;
    private long rows;
    private boolean rowsKnown = true;
    private boolean rleLevels;
    private boolean bitPackedLevels;
    private boolean columnIndexDropped;
    private long values;
    private long uncompressedSize;
    private long compressedSize;
    private long dictionaryOffset;
    private long dataOffset;

    /**
     * For pages whose bounds were computed from their values.
     *
     * @param codec Thrift value, which may be of a codec that this version does not know
     */
    public ChunkBuilder(Leaf leaf, int codec) {
        this(leaf, codec, new ColumnIndexBuilder(leaf));
    }

    /**
     * For pages whose bounds come from the source.
     *
     * @param codec as above
     * @param trusted whether the writer of each page is trusted with bounds of the column
     */
    public ChunkBuilder(Leaf leaf, int codec, boolean trusted) {
        this(leaf, codec, new ColumnIndexBuilder(leaf, trusted));
    }

    private ChunkBuilder(Leaf leaf, int codec, ColumnIndexBuilder columnIndex) {
        this.leaf = leaf;
        this.codec = codec;
        this.columnIndex = columnIndex;
    }

    /** The dictionary page was written at {@code offset}. */
    public void dictionary(EncodedPage page, long offset) {
        dictionaryOffset = offset;
        count(page.header().type(), page.header().encoding());
        uncompressedSize += page.headerLength() + page.header().uncompressedSize();
        compressedSize += page.length();
    }

    /** A data page was written at {@code offset}. */
    public void dataPage(StoredPage page, PageSummary summary, long offset) {
        if (pageCount == offsets.length) {
            offsets = Arrays.copyOf(offsets, pageCount * 2);
            sizes = Arrays.copyOf(sizes, pageCount * 2);
            firstRows = Arrays.copyOf(firstRows, pageCount * 2);
        }
        dataOffset = pageCount == 0 ? offset : dataOffset;
        offsets[pageCount] = offset;
        sizes[pageCount] = Math.toIntExact(page.storedLength());
        firstRows[pageCount] = rows;
        pageCount++;
        // First rows have to rise strictly: a page in which no row begins cannot be indexed.
        rowsKnown &= page.rows() > 0;
        rows += Math.max(0, page.rows());
        values += page.values();
        uncompressedSize += page.length();
        compressedSize += page.storedLength();
        count(page.version() == 2 ? PageType.DATA_PAGE_V2 : PageType.DATA_PAGE, page.encoding());
        columnIndex.add(summary);
    }

    /** Pages with levels in these encodings were moved as they are. RLE alone unless told: what is made has that. */
    public void movedLevels(boolean rle, boolean bitPacked) {
        rleLevels |= rle;
        bitPackedLevels |= bitPacked;
    }

    private void count(int type, int encoding) {
        kinds.merge(new PageKind(type, encoding), 1, Integer::sum);
    }

    /** Values so far, nulls included. */
    public long values() {
        return values;
    }

    /** Rows so far; -1 if unknown. */
    public long rows() {
        return rowsKnown ? rows : -1;
    }

    /** Data pages so far. */
    public int pageCount() {
        return pageCount;
    }

    /** Bytes so far. */
    public long compressedSize() {
        return compressedSize;
    }

    /** Where the pages lie; null if their rows are unknown, or there are none. */
    public @Nullable OffsetIndex offsetIndex() {
        if (!rowsKnown || pageCount == 0) {
            return null;
        }
        return new OffsetIndex(
                Arrays.copyOf(offsets, pageCount),
                Arrays.copyOf(sizes, pageCount),
                Arrays.copyOf(firstRows, pageCount),
                new long[0],
                false);
    }

    /** Stops believing what the source tells of the pages: there will be no column index. */
    public void dropColumnIndex() {
        columnIndexDropped = true;
    }

    /** Null if there is no offset index, or the bounds of a page are unknown or not believed. */
    public @Nullable ColumnIndex columnIndex() {
        return rowsKnown && !columnIndexDropped ? columnIndex.build() : null;
    }

    /** The footer entry, without indexes and bloom filter. */
    public ColumnChunk chunk(
            long emptyOffset,
            @Nullable Statistics statistics,
            @Nullable SizeStatistics sizes,
            byte @Nullable [] keyValues) {
        return new ColumnChunk(
                leaf.type().ordinal(),
                encodings(),
                codec,
                values,
                uncompressedSize,
                compressedSize,
                new ColumnChunk.Pages(pageCount == 0 ? emptyOffset : dataOffset, 0, dictionaryOffset),
                statistics,
                encodingStats(),
                sizes,
                null,
                keyValues,
                ColumnChunk.Tail.NONE);
    }

    private int[] encodings() {
        TreeSet<Integer> found = new TreeSet<>();
        for (PageKind kind : kinds.keySet()) {
            found.add(kind.encoding());
        }
        if (leaf.maxDefinitionLevel() > 0 || leaf.maxRepetitionLevel() > 0) {
            if (bitPackedLevels) {
                found.add(Encoding.BIT_PACKED.value());
            }
            if (rleLevels || !bitPackedLevels) {
                found.add(Encoding.RLE.value());
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** None where an encoding is not known: readers that do not know it either would refuse the whole footer for it. */
    private List<PageEncodingStats> encodingStats() {
        List<PageEncodingStats> stats = new ArrayList<>();
        if (kinds.keySet().stream().anyMatch(kind -> Encoding.of(kind.encoding()) == null)) {
            return stats;
        }
        kinds.forEach((kind, count) -> stats.add(new PageEncodingStats(kind.type(), kind.encoding(), count)));
        return stats;
    }
}
