package io.glulam.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column chunk's footer entry, as read. Offsets and sizes are in bytes and claims of the file, checked only to be
 * non-negative and inside the object.
 *
 * @param type Thrift value of {@code Type}
 * @param encodings Thrift values of {@code Encoding}, as the footer lists them
 * @param codec Thrift value of {@code CompressionCodec}
 * @param valueCount values including nulls
 * @param uncompressedSize with page headers
 * @param compressedSize with page headers
 * @param pages where its pages begin
 * @param statistics null if absent
 * @param encodingStats empty if absent
 * @param sizeStatistics null if absent
 * @param geospatialStatistics the raw Thrift struct; null if absent
 * @param keyValueMetadata the raw Thrift list; null if absent
 * @param tail where its bloom filter and its page index lie
 */
@SuppressWarnings("ArrayRecordComponent")
public record ColumnChunk(
        int type,
        int[] encodings,
        int codec,
        long valueCount,
        long uncompressedSize,
        long compressedSize,
        Pages pages,
        @Nullable Statistics statistics,
        List<PageEncodingStats> encodingStats,
        @Nullable SizeStatistics sizeStatistics,
        byte @Nullable [] geospatialStatistics,
        byte @Nullable [] keyValueMetadata,
        Tail tail) {
    /** The offset of an index or filter that the footer places where it cannot lie: outside of the file's data. */
    public static final long UNUSABLE = -1;

    /** The smallest offset at which anything can lie: the magic is before it. */
    public static final long MIN_OFFSET = 4;

    /**
     * Where a chunk's pages begin in the file.
     *
     * @param dataPageOffset of the first data page
     * @param indexPageOffset 0 if absent
     * @param dictionaryPageOffset 0 if absent
     */
    public record Pages(long dataPageOffset, long indexPageOffset, long dictionaryPageOffset) {
        private Pages shifted(long shift) {
            return new Pages(
                    shifted(dataPageOffset, shift),
                    shifted(indexPageOffset, shift),
                    shifted(dictionaryPageOffset, shift));
        }

        private static long shifted(long offset, long shift) {
            return offset == 0 ? 0 : offset + shift;
        }
    }

    /**
     * Where the aids of a chunk lie that the file has after its row groups.
     *
     * @param bloomFilterOffset 0 if absent, {@link #UNUSABLE} if it cannot be true
     * @param bloomFilterLength -1 if absent (old writers give only the offset)
     * @param offsetIndexOffset 0 if absent, {@link #UNUSABLE} if it cannot be true
     * @param offsetIndexLength 0 if absent
     * @param columnIndexOffset 0 if absent, {@link #UNUSABLE} if it cannot be true
     * @param columnIndexLength 0 if absent
     */
    public record Tail(
            long bloomFilterOffset,
            int bloomFilterLength,
            long offsetIndexOffset,
            int offsetIndexLength,
            long columnIndexOffset,
            int columnIndexLength) {
        /** Neither a bloom filter nor a page index. */
        public static final Tail NONE = new Tail(0, -1, 0, 0, 0, 0);

        private Tail withoutColumnIndex() {
            return new Tail(bloomFilterOffset, bloomFilterLength, offsetIndexOffset, offsetIndexLength, 0, 0);
        }
    }

    /** Returns false if neither values nor an offset tell of a page: row groups without rows may have no pages. */
    public boolean hasPages() {
        return valueCount > 0 || start() >= MIN_OFFSET;
    }

    /** Returns the offset of the chunk's first byte. */
    public long start() {
        return start(pages.dataPageOffset, pages.dictionaryPageOffset, valueCount);
    }

    /**
     * Returns the offset of a chunk's first byte: the dictionary page if there is one before the first data page, else the
     * first data page. A chunk without values may have a dictionary page alone; then its {@code data_page_offset} is 0.
     */
    public static long start(long dataPageOffset, long dictionaryPageOffset, long valueCount) {
        boolean dictionaryAlone = dataPageOffset == 0 && valueCount == 0;
        return dictionaryPageOffset > 0 && (dictionaryPageOffset < dataPageOffset || dictionaryAlone)
                ? dictionaryPageOffset
                : dataPageOffset;
    }

    /** Returns whether the entry has bounds, or tells of a column index, which has those of the pages. */
    public boolean isBounded() {
        return tail.columnIndexOffset > 0
                || statistics != null
                        && (statistics.min() != null
                                || statistics.max() != null
                                || statistics.minValue() != null
                                || statistics.maxValue() != null);
    }

    /** Returns this entry without bounds of the chunk and its pages: without a column index, too. */
    public ColumnChunk withoutBounds() {
        return with(pages, statistics == null ? null : statistics.withoutBounds(), tail.withoutColumnIndex());
    }

    /** Returns this entry with its pages {@code shift} bytes further on; what lies after the row groups stays. */
    public ColumnChunk shifted(long shift) {
        return with(pages.shifted(shift), statistics, tail);
    }

    /** Returns this entry with what lies after the row groups: offsets and lengths in bytes, 0 for what is absent. */
    public ColumnChunk withTail(
            long bloomOffset,
            int bloomLength,
            long newOffsetIndexOffset,
            int newOffsetIndexLength,
            long newColumnIndexOffset,
            int newColumnIndexLength) {
        Tail written = new Tail(
                bloomOffset,
                bloomOffset == 0 ? -1 : bloomLength,
                newOffsetIndexOffset,
                newOffsetIndexLength,
                newColumnIndexOffset,
                newColumnIndexLength);
        return with(pages, statistics, written);
    }

    private ColumnChunk with(Pages otherPages, @Nullable Statistics otherStatistics, Tail otherTail) {
        return new ColumnChunk(
                type,
                encodings,
                codec,
                valueCount,
                uncompressedSize,
                compressedSize,
                otherPages,
                otherStatistics,
                encodingStats,
                sizeStatistics,
                geospatialStatistics,
                keyValueMetadata,
                otherTail);
    }

    /** Returns the offset of the first data page. */
    public long dataPageOffset() {
        return pages.dataPageOffset();
    }

    /** Returns the offset of the index page; 0 if absent. */
    public long indexPageOffset() {
        return pages.indexPageOffset();
    }

    /** Returns the offset of the dictionary page; 0 if absent. */
    public long dictionaryPageOffset() {
        return pages.dictionaryPageOffset();
    }

    /** Returns the offset of the bloom filter; 0 if absent, {@link #UNUSABLE} if it cannot be true. */
    public long bloomFilterOffset() {
        return tail.bloomFilterOffset();
    }

    /** Returns the length of the bloom filter in bytes; -1 if absent. */
    public int bloomFilterLength() {
        return tail.bloomFilterLength();
    }

    /** Returns the offset of the offset index; 0 if absent, {@link #UNUSABLE} if it cannot be true. */
    public long offsetIndexOffset() {
        return tail.offsetIndexOffset();
    }

    /** Returns the length of the offset index in bytes; 0 if absent. */
    public int offsetIndexLength() {
        return tail.offsetIndexLength();
    }

    /** Returns the offset of the column index; 0 if absent, {@link #UNUSABLE} if it cannot be true. */
    public long columnIndexOffset() {
        return tail.columnIndexOffset();
    }

    /** Returns the length of the column index in bytes; 0 if absent. */
    public int columnIndexLength() {
        return tail.columnIndexLength();
    }
}
