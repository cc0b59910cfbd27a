package io.glulam.testkit.bytes;

import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageHeader;

/** How one column chunk is written: its values, its pages in order, and what the footer says. Setters return this. */
public final class ChunkScript {
    /** The statistics in the footer. */
    public enum Stats {
        NONE,
        NULL_COUNT,
        BOUNDS,
        /** Bounds with both flags saying exact. */
        EXACT_BOUNDS,
        /** Bounds somewhat wider than the values, said to be inexact; only byte arrays differ from BOUNDS. */
        WIDE_BOUNDS,
        /** Only the deprecated min and max. */
        DEPRECATED_BOUNDS
    }

    /** What the footer says about where the chunk's pages are. */
    public enum Offsets {
        TRUE,
        /** No dictionary_page_offset: data_page_offset is that of the dictionary page. */
        NO_DICTIONARY_OFFSET,
        /** dictionary_page_offset is 0, which means absent. */
        ZERO_DICTIONARY_OFFSET,
        /** Both offsets are those of the dictionary page. */
        BOTH_AT_DICTIONARY,
        /** data_page_offset forgets the dictionary page's header and points into its body. */
        DATA_WITHOUT_HEADER,
        /** total_compressed_size forgets the dictionary page's header (PARQUET-816). */
        SIZE_WITHOUT_HEADER
    }

    final LeafColumn leaf;
    final Triplets triplets;
    final List<PageScript> pages = new ArrayList<>();
    Compression compression = Compression.NONE;
    Values dictionary;
    Encoding dictionaryEncoding = Encoding.PLAIN;
    boolean dictionaryPage = true;
    boolean dictionarySorted;
    int dictionaryCopies = 1;
    Stats stats = Stats.BOUNDS;
    Offsets offsets = Offsets.TRUE;
    boolean encodingStats;
    boolean sizeStatistics;
    boolean columnIndex;
    boolean offsetIndex;
    int bloomFilterBytes;
    boolean bloomFilterLength = true;
    int gapBefore;
    boolean metaDataCopyBehind;
    Consumer<ColumnChunk> claims = chunk -> {};
    Consumer<ColumnIndex> columnIndexClaims = index -> {};
    Consumer<OffsetIndex> offsetIndexClaims = index -> {};
    Consumer<PageHeader> dictionaryHeader = header -> {};
    UnaryOperator<byte[]> dictionaryBytes = bytes -> bytes;
    UnaryOperator<byte[]> columnIndexBytes = bytes -> bytes;
    UnaryOperator<byte[]> offsetIndexBytes = bytes -> bytes;
    UnaryOperator<byte[]> bloomFilterContent = bytes -> bytes;

    public ChunkScript(LeafColumn leaf, Triplets triplets) {
        this.leaf = leaf;
        this.triplets = triplets;
    }

    public LeafColumn leaf() {
        return leaf;
    }

    public Triplets triplets() {
        return triplets;
    }

    public List<PageScript> pages() {
        return pages;
    }

    public ChunkScript page(PageScript page) {
        pages.add(page);
        return this;
    }

    /** Data pages of about so many values each, ending between rows. */
    public ChunkScript evenPages(int values) {
        int from = 0;
        for (int at = 1; at <= triplets.count(); at++) {
            boolean rowEnds = at == triplets.count() || triplets.repetitionLevels()[at] == 0;
            if (rowEnds && (at - from >= values || at == triplets.count())) {
                pages.add(PageScript.data(from, at));
                from = at;
            }
        }
        return this;
    }

    public ChunkScript eachPage(Consumer<PageScript> change) {
        pages.forEach(change);
        return this;
    }

    public ChunkScript compression(Compression value) {
        compression = value;
        return this;
    }

    /** The dictionary's entries; by default the distinct values in order of appearance. */
    public ChunkScript dictionary(Values entries) {
        dictionary = entries;
        return this;
    }

    /** PLAIN, or PLAIN_DICTIONARY as old writers have it. */
    public ChunkScript dictionaryEncoding(Encoding value) {
        dictionaryEncoding = value;
        return this;
    }

    /** No dictionary page, though pages may be dictionary-encoded (if all their values are null). */
    public ChunkScript withoutDictionaryPage() {
        dictionaryPage = false;
        return this;
    }

    public ChunkScript dictionarySorted() {
        dictionarySorted = true;
        return this;
    }

    /** Writes the dictionary page several times, which the specification forbids. */
    public ChunkScript dictionaryCopies(int value) {
        dictionaryCopies = value;
        return this;
    }

    public ChunkScript stats(Stats value) {
        stats = value;
        return this;
    }

    public ChunkScript offsets(Offsets value) {
        offsets = value;
        return this;
    }

    public ChunkScript withEncodingStats() {
        encodingStats = true;
        return this;
    }

    public ChunkScript withSizeStatistics() {
        sizeStatistics = true;
        return this;
    }

    public ChunkScript withColumnIndex() {
        columnIndex = true;
        return this;
    }

    public ChunkScript withOffsetIndex() {
        offsetIndex = true;
        return this;
    }

    /** Whether a page index tells of the pages. */
    public boolean hasPageIndex() {
        return columnIndex || offsetIndex;
    }

    /** A Bloom filter of so many bytes, a multiple of 32. */
    public ChunkScript bloomFilter(int bytes) {
        bloomFilterBytes = bytes;
        return this;
    }

    /** Leaves bloom_filter_length out, as old writers do. */
    public ChunkScript withoutBloomFilterLength() {
        bloomFilterLength = false;
        return this;
    }

    /** Unused bytes in front of the chunk. */
    public ChunkScript gapBefore(int bytes) {
        gapBefore = bytes;
        return this;
    }

    /** A copy of the chunk's metadata behind it, where file_offset points, as old writers have it. */
    public ChunkScript metaDataCopyBehind() {
        metaDataCopyBehind = true;
        return this;
    }

    /** Changes the finished footer entry. */
    public ChunkScript tamper(Consumer<ColumnChunk> change) {
        claims = claims.andThen(change);
        return this;
    }

    /** Changes the finished column index. */
    public ChunkScript tamperColumnIndex(Consumer<ColumnIndex> change) {
        columnIndexClaims = change;
        return withColumnIndex();
    }

    /** Changes the finished offset index. */
    public ChunkScript tamperOffsetIndex(Consumer<OffsetIndex> change) {
        offsetIndexClaims = change;
        return withOffsetIndex();
    }

    /** Changes the finished header of the dictionary page. */
    public ChunkScript tamperDictionaryHeader(Consumer<PageHeader> change) {
        dictionaryHeader = change;
        return this;
    }

    /** Changes the entries of the dictionary page before compression. */
    public ChunkScript tamperDictionary(UnaryOperator<byte[]> change) {
        dictionaryBytes = change;
        return this;
    }

    /** Changes the column index's Thrift bytes. */
    public ChunkScript tamperColumnIndexBytes(UnaryOperator<byte[]> change) {
        columnIndexBytes = change;
        return withColumnIndex();
    }

    /** Changes the offset index's Thrift bytes. */
    public ChunkScript tamperOffsetIndexBytes(UnaryOperator<byte[]> change) {
        offsetIndexBytes = change;
        return withOffsetIndex();
    }

    /** Changes the bloom filter, header and bits. */
    public ChunkScript tamperBloomFilter(UnaryOperator<byte[]> change) {
        bloomFilterContent = change;
        return this;
    }

    /** A chunk of other values in the same form, in data pages of about so many values each. */
    public ChunkScript with(Triplets other, int valuesInAPage) {
        ChunkScript copy = new ChunkScript(leaf, other).evenPages(valuesInAPage);
        copy.compression = compression;
        copy.stats = stats;
        copy.encodingStats = encodingStats;
        copy.sizeStatistics = sizeStatistics;
        copy.columnIndex = columnIndex;
        copy.offsetIndex = offsetIndex;
        copy.bloomFilterBytes = bloomFilterBytes;
        if (!pages.isEmpty()) {
            PageScript form = pages.get(0);
            boolean dictionaryOfOwn = dictionary == null;
            copy.eachPage(page -> page.version(form.version)
                    .encoding(form.isDictionaryEncoded() && !dictionaryOfOwn ? Encoding.PLAIN : form.encoding));
        }
        return copy;
    }

    boolean usesDictionary() {
        return dictionary != null || pages.stream().anyMatch(PageScript::isDictionaryEncoded);
    }
}
