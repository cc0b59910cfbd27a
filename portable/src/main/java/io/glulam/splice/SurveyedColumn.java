package io.glulam.splice;

import io.glulam.error.Place;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import io.glulam.page.BodyArrays;
import io.glulam.page.PageForm;
import io.glulam.page.PageStream;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.Compression;
import io.glulam.plan.Reason;
import io.glulam.source.FragmentChunk;
import io.glulam.source.SourceFile;
import io.glulam.statistics.BloomFilterMerger;
import io.glulam.statistics.BloomFilterResult;
import io.glulam.statistics.WriterDialect;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The findings of the first pass over a column of a merged row group: every data page's header, the dictionaries and, within
 * the cap, their union. Immutable after the survey.
 */
public final class SurveyedColumn {
    /** A column chunk's entry with its statistics. */
    private static final int ENTRY_BYTES = 690;

    private final Leaf leaf;
    private final List<FragmentChunk> fragments;
    private final PageTable pages;
    private final DictionaryTable dictionaries;
    private final @Nullable UnionDictionary union;
    private final boolean sameIndices;
    private final int dictionaryEncoding;
    private final boolean strayPages;
    private final BitSet unknownPages;

    SurveyedColumn(
            Leaf leaf,
            List<FragmentChunk> fragments,
            PageTable pages,
            DictionaryTable dictionaries,
            @Nullable UnionDictionary union,
            boolean sameIndices,
            boolean strayPages,
            BitSet unknownPages) {
        this.leaf = leaf;
        this.fragments = List.copyOf(fragments);
        this.pages = pages;
        this.dictionaries = dictionaries;
        this.union = union;
        this.sameIndices = sameIndices;
        this.strayPages = strayPages;
        this.unknownPages = unknownPages;
        this.dictionaryEncoding = firstEncoding(dictionaries);
    }

    private SurveyedColumn(SurveyedColumn column, List<FragmentChunk> fragments) {
        this.leaf = column.leaf;
        this.fragments = List.copyOf(fragments);
        this.pages = column.pages;
        this.dictionaries = column.dictionaries;
        this.union = column.union;
        this.sameIndices = column.sameIndices;
        this.strayPages = column.strayPages;
        this.unknownPages = column.unknownPages;
        this.dictionaryEncoding = column.dictionaryEncoding;
    }

    /**
     * Returns the survey without the footer's entries, which take most of its memory and are parsed sooner than pages
     * are read. It cannot be used before {@link #withFragments}.
     */
    public SurveyedColumn withoutFragments() {
        return new SurveyedColumn(this, List.of());
    }

    /** Returns the survey with the footer's entries that it was made from. */
    public SurveyedColumn withFragments(List<FragmentChunk> surveyed) {
        return new SurveyedColumn(this, surveyed);
    }

    /** Returns whether it is a survey {@linkplain #withoutFragments without} the footer's entries. */
    public boolean lacksFragments() {
        return fragments.isEmpty();
    }

    private static int firstEncoding(DictionaryTable dictionaries) {
        int first = dictionaries.next(0);
        return first < 0 ? Encoding.PLAIN.value() : dictionaries.encoding(first);
    }

    public Leaf leaf() {
        return leaf;
    }

    /**
     * Returns the sources of the chunk, in their order; empty only {@linkplain #lacksFragments without} the footer's
     * entries.
     */
    public List<FragmentChunk> fragments() {
        return fragments;
    }

    /** Returns the file of all fragments, through which their pages are read. */
    public SourceFile file() {
        return fragments.get(0).file();
    }

    /** Returns whether the writer of each fragment is trusted with bounds of the column. */
    public boolean trustsBounds() {
        for (FragmentChunk fragment : fragments) {
            if (!fragment.trust().trustsBounds(leaf)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the row groups that stand in the way of a merge for {@code reason}; none if it is none of them by itself.
     */
    public int[] blamedFor(Reason reason) {
        return IntStream.range(0, fragments.size())
                .filter(fragment -> switch (reason) {
                    case UNKNOWN_PAGE_TYPE -> unknownPages.get(fragment);
                    case UNKNOWN_CODEC ->
                        CompressionCodec.of(fragments.get(fragment).chunk().codec()) == null;
                    case UNKNOWN_ENCODING -> hasUnknownEncoding(fragment);
                    default -> false;
                })
                .map(fragment -> fragments.get(fragment).rowGroup())
                .toArray();
    }

    private boolean hasUnknownEncoding(int fragment) {
        for (int page = 0; page < pages.count(); page++) {
            if (pages.fragment(page) == fragment && Encoding.of(pages.encoding(page)) == null) {
                return true;
            }
        }
        return false;
    }

    /** Returns the facts that the tier policy decides from. */
    public ColumnFacts facts() {
        return FactsCollector.collect(this);
    }

    /**
     * Returns the Thrift value of the first fragment's codec, which pages that move keep whether it is known or not.
     */
    public int codec() {
        return fragments.get(0).chunk().codec();
    }

    /**
     * Returns the form in which pages of this column are written: the sources' own, with the compression that is asked
     * for. The version of data pages is always the sources' own.
     */
    public PageForm form(Compression compression) {
        WriterDialect dialect = file().trust().dialect();
        boolean checksums = pages.count() > 0;
        for (int page = 0; page < pages.count(); page++) {
            checksums &= pages.hasCrc(page);
        }
        CompressionCodec codec = CompressionCodec.of(codec());
        if (codec == null) {
            codec = CompressionCodec.UNCOMPRESSED;
        }
        return new PageForm(
                compression.codec() == null ? codec : compression.codec(),
                compression.level(),
                pages.count() == 0 ? 1 : pages.version(0),
                checksums,
                dialect.alwaysCompressedV2(),
                dialect.singleBitPackedRunForByteWidths());
    }

    PageTable pages() {
        return pages;
    }

    /** Returns the place of a data page, for messages; past the last one, of the column. */
    Place place(int page) {
        return page >= pages.count()
                ? new Place(file().name(), -1, leaf.name(), -1)
                : new Place(file().name(), rowGroup(page), leaf.name(), pages.position(page));
    }

    /** Returns the number of data pages that hold values. */
    public int pageCount() {
        return pages.count();
    }

    /** Returns the number of the fragment that a data page lies in. */
    public int fragment(int page) {
        return pages.fragment(page);
    }

    /** Returns the source's row group that a data page lies in. */
    public int rowGroup(int page) {
        return fragmentOf(page).rowGroup();
    }

    /** Returns the fragment that a data page lies in. */
    public FragmentChunk fragmentOf(int page) {
        return fragments.get(pages.fragment(page));
    }

    /** Returns the version of a data page, 1 or 2; pages are numbered over all fragments. */
    public int version(int page) {
        return pages.version(page);
    }

    /** Returns whether levels of a data page that exist are in the RLE encoding. */
    public boolean hasRleLevels(int page) {
        return pages.hasRleLevels(page);
    }

    /** Returns whether levels of a data page that exist are in the deprecated BIT_PACKED encoding. */
    public boolean hasBitPackedLevels(int page) {
        return pages.hasBitPackedLevels(page);
    }

    /** Returns the Thrift value of a data page's {@code Encoding}. */
    public int encoding(int page) {
        return pages.encoding(page);
    }

    /** Returns a data page's values, nulls included. */
    public int valueCount(int page) {
        return pages.valueCount(page);
    }

    /** Returns the stored length of a data page in bytes, with its header. */
    public long storedLength(int page) {
        return pages.storedLength(page);
    }

    /** Returns the length of a data page in bytes, its header and its uncompressed body. */
    public long length(int page) {
        return (long) pages.headerLength(page) + pages.uncompressedSize(page);
    }

    /** Returns the length of a data page's uncompressed body in bytes. */
    public int uncompressedSize(int page) {
        return pages.uncompressedSize(page);
    }

    /** Returns the data pages {@code [from, to)}, each fragment's after its dictionary page. */
    public PageStream pages(int from, int to, BodyArrays arrays) {
        return new SurveyedPages(this, from, to, arrays);
    }

    /** Returns whether there are dictionaries and their union is within the cap. */
    public boolean hasUnion() {
        return union != null;
    }

    /** Returns the bytes of the union dictionary; 0 if there is none. */
    public int unionBytes() {
        return union == null ? 0 : union.byteSize();
    }

    /** Returns whether every value of every page is an entry of the union dictionary. */
    public boolean isDictionaryEncodedThroughout() {
        if (union == null) {
            return false;
        }
        for (int page = 0; page < pages.count(); page++) {
            if (!Encoding.isDictionary(pages.encoding(page))) {
                return false;
            }
        }
        return true;
    }

    /** Returns a bloom filter of the union dictionary's entries, its bitset of at most {@code maximumLength} bytes. */
    public BloomFilterResult bloomFilter(int maximumLength) {
        UnionDictionary entries = union;
        if (entries == null) {
            throw new IllegalStateException("a column without a union dictionary");
        }
        return BloomFilterMerger.rebuild(entries::values, entries.size(), maximumLength);
    }

    /** As {@link #bloomFilter(int)}, at another rate of false positives. */
    public BloomFilterResult bloomFilter(double rate, int maximumLength) {
        UnionDictionary entries = union;
        if (entries == null) {
            throw new IllegalStateException("a column without a union dictionary");
        }
        return BloomFilterMerger.rebuild(entries::values, entries.size(), rate, maximumLength);
    }

    /** Returns the bytes of the source chunks, with page headers and dictionary pages. */
    public long sourceBytes() {
        long sum = 0;
        for (FragmentChunk fragment : fragments) {
            sum += fragment.chunk().compressedSize();
        }
        return sum;
    }

    /**
     * Returns the bytes that the chunk will take if pages move: theirs and, in the sources' proportion, the union
     * dictionary's.
     */
    public long expectedBytes() {
        long sum = 0;
        for (int page = 0; page < pages.count(); page++) {
            sum += pages.storedLength(page);
        }
        long stored = 0;
        long unpacked = 0;
        for (int i = dictionaries.next(0); i >= 0; i = dictionaries.next(i + 1)) {
            stored += dictionaries.compressedSize(i);
            unpacked += dictionaries.uncompressedSize(i);
        }
        return sum + (unpacked == 0 ? 0 : Math.round((double) unionBytes() * stored / unpacked));
    }

    /** Returns about how many bytes of memory this takes. */
    public long heapBytes() {
        long bytes =
                (long) fragments.size() * ENTRY_BYTES + boundBytes() + dictionaries.heapBytes() + pages.heapBytes();
        return union == null ? bytes : bytes + union.heapBytes();
    }

    /** Returns the bytes of the chunks' bounds, which may be as long as values are. */
    public long boundBytes() {
        return fragments.stream()
                .mapToLong(fragment -> boundBytes(fragment.chunk().statistics()))
                .sum();
    }

    private static long boundBytes(@Nullable Statistics statistics) {
        return statistics == null
                ? 0
                : length(statistics.min())
                        + length(statistics.max())
                        + length(statistics.minValue())
                        + length(statistics.maxValue());
    }

    private static long length(byte @Nullable [] bound) {
        return bound == null ? 0 : bound.length;
    }

    /** Returns the fragment's dictionary page; null if its data pages use none. */
    @Nullable
    DictionaryPage dictionary(int fragment) {
        return dictionaries.get(fragment);
    }

    /** Returns the fragments' dictionary pages. */
    DictionaryTable dictionaries() {
        return dictionaries;
    }

    /** Returns the union of all dictionaries; null if there are none, or it passed the cap. */
    @Nullable
    UnionDictionary union() {
        return union;
    }

    /**
     * Returns whether every fragment's indices mean the same in the union, so that index pages may move as they are.
     */
    boolean sameIndices() {
        return sameIndices;
    }

    /** Returns the Thrift value of the dictionary page's encoding, as the first fragment has it. */
    int dictionaryEncoding() {
        return dictionaryEncoding;
    }

    /** Returns whether there are pages of unknown type. */
    boolean hasUnknownPages() {
        return !unknownPages.isEmpty();
    }

    /** Returns whether pages without values, index pages or unused dictionaries lie between the pages to be moved. */
    boolean hasStrayPages() {
        return strayPages;
    }
}
