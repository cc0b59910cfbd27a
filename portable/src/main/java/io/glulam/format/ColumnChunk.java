package io.glulam.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column chunk's footer entry, as read. Offsets and sizes are in bytes and claims of the file, checked only to be
 * non-negative and inside the object.
 *
 * @param filePath set if the data lies in another file; null otherwise
 * @param type Thrift value of {@code Type}
 * @param encodings Thrift values of {@code Encoding}, as the footer lists them
 * @param codec Thrift value of {@code CompressionCodec}
 * @param valueCount values including nulls
 * @param uncompressedSize with page headers
 * @param compressedSize with page headers
 * @param dataPageOffset of the first data page
 * @param indexPageOffset 0 if absent
 * @param dictionaryPageOffset 0 if absent
 * @param statistics null if absent
 * @param encodingStats empty if absent
 * @param bloomFilterOffset 0 if absent, {@link #UNUSABLE} if it cannot be true
 * @param bloomFilterLength -1 if absent (old writers give only the offset)
 * @param sizeStatistics null if absent
 * @param geospatialStatistics the raw Thrift struct; null if absent
 * @param keyValueMetadata the raw Thrift list; null if absent
 * @param offsetIndexOffset 0 if absent, {@link #UNUSABLE} if it cannot be true
 * @param offsetIndexLength 0 if absent
 * @param columnIndexOffset 0 if absent, {@link #UNUSABLE} if it cannot be true
 * @param columnIndexLength 0 if absent
 * @param encrypted whether crypto metadata is present
 */
@SuppressWarnings("ArrayRecordComponent")
public record ColumnChunk(
        @Nullable String filePath,
        int type,
        int[] encodings,
        int codec,
        long valueCount,
        long uncompressedSize,
        long compressedSize,
        long dataPageOffset,
        long indexPageOffset,
        long dictionaryPageOffset,
        @Nullable Statistics statistics,
        List<PageEncodingStats> encodingStats,
        long bloomFilterOffset,
        int bloomFilterLength,
        @Nullable SizeStatistics sizeStatistics,
        byte @Nullable [] geospatialStatistics,
        byte @Nullable [] keyValueMetadata,
        long offsetIndexOffset,
        int offsetIndexLength,
        long columnIndexOffset,
        int columnIndexLength,
        boolean encrypted) {
    /** The offset of an index or filter that the footer places where it cannot lie: outside of the file's data. */
    public static final long UNUSABLE = -1;

    /** The smallest offset at which anything can lie: the magic is before it. */
    public static final long LEAST_OFFSET = 4;

    /** Returns false if neither values nor an offset tell of a page: row groups without rows may have no pages. */
    public boolean hasPages() {
        return valueCount > 0 || start() >= LEAST_OFFSET;
    }

    /** Returns the offset of the chunk's first byte. */
    public long start() {
        return start(dataPageOffset, dictionaryPageOffset, valueCount);
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

    /** Whether bounds of the chunk or its pages are there. */
    public boolean isBounded() {
        return columnIndexOffset > 0
                || statistics != null
                        && (statistics.min() != null
                                || statistics.max() != null
                                || statistics.minValue() != null
                                || statistics.maxValue() != null);
    }

    /** This entry without bounds of the chunk and its pages: without a column index, too. */
    public ColumnChunk withoutBounds() {
        return new ColumnChunk(
                filePath,
                type,
                encodings,
                codec,
                valueCount,
                uncompressedSize,
                compressedSize,
                dataPageOffset,
                indexPageOffset,
                dictionaryPageOffset,
                statistics == null ? null : statistics.withoutBounds(),
                encodingStats,
                bloomFilterOffset,
                bloomFilterLength,
                sizeStatistics,
                geospatialStatistics,
                keyValueMetadata,
                offsetIndexOffset,
                offsetIndexLength,
                0,
                0,
                encrypted);
    }

    /** This entry with what lies behind the row groups: offsets and lengths in bytes, 0 for what is absent. */
    public ColumnChunk withTail(
            long bloomOffset,
            int bloomLength,
            long newOffsetIndexOffset,
            int newOffsetIndexLength,
            long newColumnIndexOffset,
            int newColumnIndexLength) {
        return new ColumnChunk(
                filePath,
                type,
                encodings,
                codec,
                valueCount,
                uncompressedSize,
                compressedSize,
                dataPageOffset,
                indexPageOffset,
                dictionaryPageOffset,
                statistics,
                encodingStats,
                bloomOffset,
                bloomOffset == 0 ? -1 : bloomLength,
                sizeStatistics,
                geospatialStatistics,
                keyValueMetadata,
                newOffsetIndexOffset,
                newOffsetIndexLength,
                newColumnIndexOffset,
                newColumnIndexLength,
                encrypted);
    }
}
