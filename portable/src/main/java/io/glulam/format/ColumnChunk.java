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

    /** First byte of the chunk: the dictionary page if there is one in front, else the first data page. */
    public long start() {
        long start = dataPageOffset;
        if (dictionaryPageOffset > 0 && dictionaryPageOffset < start) {
            start = dictionaryPageOffset;
        }
        return start;
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
