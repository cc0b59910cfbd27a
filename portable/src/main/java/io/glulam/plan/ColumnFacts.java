package io.glulam.plan;

import io.glulam.format.PhysicalType;
import java.util.Set;

/**
 * What a survey found out about one column in all fragments that one output row group is to be made of, by reading
 * their page headers and dictionary pages, but no data page. The tier is decided from nothing else.
 *
 * @param leaf the leaf column's position in the schema
 * @param type its physical type
 * @param fragments how many column chunks
 * @param rows sum of their rows
 * @param values sum of their values, nulls included
 * @param nulls of these values, by the chunks' statistics; -1 if one does not tell, or may leave some out
 * @param codecs Thrift values of the codecs seen
 * @param pageVersions 1 and 2, as far as seen in data pages
 * @param versionsMixedInChunk whether one source chunk alone holds data pages of both versions
 * @param encodings Thrift values of the encodings seen in data pages
 * @param pages data pages, those without values not counted
 * @param indexedPages of these, the ones that hold dictionary indices
 * @param maxPageBytes uncompressed bytes of the largest data page, as its header says
 * @param compressedBytes bytes of the chunks, with headers and dictionary pages
 * @param uncompressedBytes bytes of the data pages' bodies uncompressed, as the headers say
 * @param dictionaries how many chunks have a dictionary page
 * @param dictionariesArePrefixes whether every dictionary begins the union of all; true if there is none
 * @param unionEntries entries of the union; 0 if there is no dictionary; as far as counted if it passed the cap
 * @param unionBytes uncompressed bytes of the union, {@link Long#MAX_VALUE} if counting stopped at the cap
 * @param largestDictionaryBytes uncompressed bytes of the largest dictionary page
 * @param plainBeforeDictionary whether, with the chunks put behind one another, a page of dictionary indices would
 *     follow one of another encoding
 * @param bitPackedLevels whether levels that exist (maximum above 0) are in the BIT_PACKED encoding
 * @param lz4FramingsDiffer whether the codec is LZ4 and the chunks do not all frame their blocks in the same way
 * @param deltaByteArraySuspect whether DELTA_BYTE_ARRAY pages may depend on the page before (PARQUET-246)
 * @param unknownPageTypes whether there are pages of a type that this version does not know
 * @param rewriteIsMisread whether readers that go by {@code created_by} would misread pages that we write
 * @param misreadEncodings Thrift values of encodings that readers would misread, or not read, in this column under this
 *     writer's name
 * @param dictionaryPossible whether pages of indices can be written: not for booleans, values without bytes, or a writer
 *     under whose name readers misread them
 * @param skippablePages index pages and data pages without values, which the output leaves out
 * @param rowsCountable whether the rows of every page can be counted: not where repetition levels are compressed in a
 *     codec that this version does not know
 */
public record ColumnFacts(
        int leaf,
        PhysicalType type,
        int fragments,
        long rows,
        long values,
        long nulls,
        Set<Integer> codecs,
        Set<Integer> pageVersions,
        boolean versionsMixedInChunk,
        Set<Integer> encodings,
        long pages,
        long indexedPages,
        long maxPageBytes,
        long compressedBytes,
        long uncompressedBytes,
        int dictionaries,
        boolean dictionariesArePrefixes,
        long unionEntries,
        long unionBytes,
        long largestDictionaryBytes,
        boolean plainBeforeDictionary,
        boolean bitPackedLevels,
        boolean lz4FramingsDiffer,
        boolean deltaByteArraySuspect,
        boolean unknownPageTypes,
        boolean rewriteIsMisread,
        Set<Integer> misreadEncodings,
        boolean dictionaryPossible,
        long skippablePages,
        boolean rowsCountable) {
    public ColumnFacts {
        codecs = Set.copyOf(codecs);
        pageVersions = Set.copyOf(pageVersions);
        encodings = Set.copyOf(encodings);
        misreadEncodings = Set.copyOf(misreadEncodings);
    }

    /** Uncompressed bytes of a data page on average, rounded down; 0 if there is none. */
    public long meanPageBytes() {
        return pages == 0 ? 0 : uncompressedBytes / pages;
    }

    /** Rows of a data page on average, rounded down; 0 if there is none. */
    public long meanPageRows() {
        return pages == 0 ? 0 : rows / pages;
    }
}
