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
import io.glulam.source.Fragment;
import io.glulam.source.SourceFile;
import io.glulam.statistics.BloomFilterMerger;
import io.glulam.statistics.BloomFilterResult;
import io.glulam.statistics.WriterTrust;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the first pass over a column of a merged row group found: every data page's header, the dictionaries and, within
 * the cap, their union. Immutable after the survey.
 */
public final class SurveyedColumn {
    /** A column chunk's entry with its statistics. */
    private static final int ENTRY_BYTES = 650;

    private final Leaf leaf;
    private final List<Fragment> fragments;
    private final PageTable pages;
    private final DictionaryTable dictionaries;
    private final @Nullable UnionDictionary union;
    private final boolean sameIndices;
    private final int dictionaryEncoding;
    private final boolean strayPages;
    private final BitSet unknownPages;

    SurveyedColumn(
            Leaf leaf,
            List<Fragment> fragments,
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

    private SurveyedColumn(SurveyedColumn column, List<Fragment> fragments) {
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
     * Returns the survey without the footer's entries, which take most of its memory and are parsed sooner than pages are
     * read. It cannot be used before {@link #withFragments}.
     */
    public SurveyedColumn withoutFragments() {
        return new SurveyedColumn(this, List.of());
    }

    /** Returns the survey with the footer's entries that it was made from. */
    public SurveyedColumn withFragments(List<Fragment> surveyed) {
        return new SurveyedColumn(this, surveyed);
    }

    /** Whether it is a survey {@linkplain #withoutFragments without} the footer's entries. */
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

    /** In source order. */
    public List<Fragment> fragments() {
        return fragments;
    }

    /**
     * The row groups that stand in the way of a merge for {@code reason}; none if it is none of them by itself.
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

    /** What the tier policy decides from. */
    public ColumnFacts facts(SourceFile file) {
        return FactsCollector.collect(file, this);
    }

    /** Thrift value of the first fragment's codec, which pages that move keep whether it is known or not. */
    public int codec() {
        return fragments.get(0).chunk().codec();
    }

    /**
     * The form in which pages of this column are written: the sources' own, with the compression that is asked for. The
     * version of data pages is always the sources' own.
     */
    public PageForm form(WriterTrust trust, Compression compression) {
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
                trust.dialect().alwaysCompressedV2(),
                trust.dialect().singleBitPackedRunForByteWidths());
    }

    PageTable pages() {
        return pages;
    }

    /**
     * The place of a data page, for messages; past the last one, of the column.
     *
     * @param object name of the source
     */
    Place place(String object, int page) {
        if (page >= pages.count()) {
            return new Place(object, -1, leaf.name(), -1);
        }
        int rowGroup = fragments.get(pages.fragment(page)).rowGroup();
        return new Place(object, rowGroup, leaf.name(), pages.position(page));
    }

    /** Number of data pages that hold values. */
    public int pageCount() {
        return pages.count();
    }

    /** Number of the fragment that a data page lies in. */
    public int fragment(int page) {
        return pages.fragment(page);
    }

    /** The source's row group that a data page lies in. */
    public int rowGroup(int page) {
        return fragments.get(pages.fragment(page)).rowGroup();
    }

    /** 1 or 2: version of a data page, by its number over all fragments. */
    public int version(int page) {
        return pages.version(page);
    }

    /** Whether levels of a data page that exist are in the RLE encoding. */
    public boolean hasRleLevels(int page) {
        return pages.hasRleLevels(page);
    }

    /** Whether levels of a data page that exist are in the deprecated BIT_PACKED encoding. */
    public boolean hasBitPackedLevels(int page) {
        return pages.hasBitPackedLevels(page);
    }

    /** Thrift value of a data page's {@code Encoding}. */
    public int encoding(int page) {
        return pages.encoding(page);
    }

    /** A data page's values, nulls included. */
    public int valueCount(int page) {
        return pages.valueCount(page);
    }

    /** Header and body of a data page as stored, in bytes. */
    public long storedLength(int page) {
        return pages.storedLength(page);
    }

    /** Header and uncompressed body of a data page, in bytes. */
    public long length(int page) {
        return (long) pages.headerLength(page) + pages.uncompressedSize(page);
    }

    /** Uncompressed body of a data page, in bytes. */
    public int uncompressedSize(int page) {
        return pages.uncompressedSize(page);
    }

    /** The data pages {@code [from, to)}, each fragment's after its dictionary page. */
    public PageStream pages(SourceFile file, int from, int to, BodyArrays arrays) {
        return new SurveyedPages(file, this, from, to, arrays);
    }

    /** Whether there are dictionaries and their union is within the cap. */
    public boolean hasUnion() {
        return union != null;
    }

    /** Bytes of the union dictionary; 0 if there is none. */
    public int unionBytes() {
        return union == null ? 0 : union.byteSize();
    }

    /** Whether every value of every page is an entry of the union dictionary. */
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

    /** A bloom filter of the union dictionary's entries, its bitset of at most {@code maximumLength} bytes. */
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

    /** Bytes of the source chunks, with page headers and dictionary pages. */
    public long sourceBytes() {
        long sum = 0;
        for (Fragment fragment : fragments) {
            sum += fragment.chunk().compressedSize();
        }
        return sum;
    }

    /** Bytes that the chunk will take if pages move: theirs and, in the sources' proportion, the union dictionary's. */
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

    /** About how many bytes of memory this takes. */
    public long heapBytes() {
        long bytes =
                (long) fragments.size() * ENTRY_BYTES + boundBytes() + dictionaries.heapBytes() + pages.heapBytes();
        return union == null ? bytes : bytes + union.heapBytes();
    }

    /** Bytes of the chunks' bounds, which may be as long as values are. */
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

    /** The fragment's dictionary page; null if its data pages use none. */
    @Nullable
    DictionaryPage dictionary(int fragment) {
        return dictionaries.get(fragment);
    }

    /** The fragments' dictionary pages. */
    DictionaryTable dictionaries() {
        return dictionaries;
    }

    /** The union of all dictionaries; null if there are none, or it passed the cap. */
    @Nullable
    UnionDictionary union() {
        return union;
    }

    /** Whether every fragment's indices mean the same in the union, so that index pages may move as they are. */
    boolean sameIndices() {
        return sameIndices;
    }

    /** Thrift value of the dictionary page's encoding, as the first fragment has it. */
    int dictionaryEncoding() {
        return dictionaryEncoding;
    }

    /** Whether there are pages of unknown type. */
    boolean hasUnknownPages() {
        return !unknownPages.isEmpty();
    }

    /** Whether pages without values, index pages or unused dictionaries lie between the pages to be moved. */
    boolean hasStrayPages() {
        return strayPages;
    }
}
