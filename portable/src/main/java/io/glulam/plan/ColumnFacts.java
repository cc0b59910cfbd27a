package io.glulam.plan;

import io.glulam.format.PhysicalType;
import java.util.Set;

/**
 * The findings of a survey about one column in all fragments that one output row group is to be made of, by reading
 * their page headers and dictionary pages, and of the codec LZ4 the first data page of each chunk. The tier is decided from
 * nothing else.
 *
 * @param leaf the leaf column's position in the schema
 * @param type its physical type
 * @param fragments how many column chunks
 * @param rows sum of their rows
 * @param values sum of their values, nulls included
 * @param nulls of these values, by the chunks' statistics; -1 if one does not tell, or may leave some out
 * @param compressedBytes bytes of the chunks, with headers and dictionary pages
 * @param uncompressedBytes bytes of the data pages' bodies uncompressed, as the headers say
 * @param pages its data pages
 * @param dictionaries its dictionary pages
 * @param quirks what stands in the way of moving or writing its pages
 */
public record ColumnFacts(
        int leaf,
        PhysicalType type,
        int fragments,
        long rows,
        long values,
        long nulls,
        long compressedBytes,
        long uncompressedBytes,
        Pages pages,
        Dictionaries dictionaries,
        Quirks quirks) {
    /**
     * The data pages of a column.
     *
     * @param codecs Thrift values of the codecs seen
     * @param versions 1 and 2, as far as seen in data pages
     * @param versionsMixedInChunk whether one source chunk alone holds data pages of both versions
     * @param encodings Thrift values of the encodings seen in data pages
     * @param count data pages, those without values not counted
     * @param indexed of these, the ones that hold dictionary indices
     * @param maxBytes uncompressed bytes of the largest data page, as its header says
     */
    public record Pages(
            Set<Integer> codecs,
            Set<Integer> versions,
            boolean versionsMixedInChunk,
            Set<Integer> encodings,
            long count,
            long indexed,
            long maxBytes) {
        public Pages {
            codecs = Set.copyOf(codecs);
            versions = Set.copyOf(versions);
            encodings = Set.copyOf(encodings);
        }
    }

    /**
     * The dictionary pages of a column, and their union.
     *
     * @param count how many chunks have a dictionary page
     * @param arePrefixes whether every dictionary begins the union of all; true if there is none
     * @param unionEntries entries of the union; 0 if there is no dictionary; as far as counted if it passed the cap
     * @param unionBytes uncompressed bytes of the union, {@link Long#MAX_VALUE} if counting stopped at the cap
     * @param largestBytes uncompressed bytes of the largest dictionary page
     * @param plainBefore whether, with the chunks put one after the other, a page of dictionary indices would
     *     follow one of another encoding
     * @param possible whether pages of indices can be written: not for booleans, values without bytes, or a writer
     *     under whose name readers misread them
     */
    public record Dictionaries(
            int count,
            boolean arePrefixes,
            long unionEntries,
            long unionBytes,
            long largestBytes,
            boolean plainBefore,
            boolean possible) {}

    /**
     * Properties of a column that stand in the way of moving or writing its pages.
     *
     * @param bitPackedLevels whether levels that exist (maximum above 0) are in the BIT_PACKED encoding
     * @param lz4FramingsDiffer whether the codec is LZ4 and the chunks do not all frame their blocks in the same way
     * @param deltaByteArraySuspect whether DELTA_BYTE_ARRAY pages may depend on the page before (PARQUET-246)
     * @param unknownPageTypes whether there are pages of a type that this version does not know
     * @param misreadEncodings Thrift values of encodings that readers would misread, or not read, in this column under this
     *     writer's name
     * @param rowsCountable whether the rows of every page can be counted: not where repetition levels are compressed in a
     *     codec that this version does not know
     */
    public record Quirks(
            boolean bitPackedLevels,
            boolean lz4FramingsDiffer,
            boolean deltaByteArraySuspect,
            boolean unknownPageTypes,
            Set<Integer> misreadEncodings,
            boolean rowsCountable) {
        public Quirks {
            misreadEncodings = Set.copyOf(misreadEncodings);
        }
    }

    /** Returns the uncompressed bytes of a data page on average, rounded down; 0 if there is none. */
    public long meanPageBytes() {
        return pages.count() == 0 ? 0 : uncompressedBytes / pages.count();
    }

    /** Returns the rows of a data page on average, rounded down; 0 if there is none. */
    public long meanPageRows() {
        return pages.count() == 0 ? 0 : rows / pages.count();
    }
}
