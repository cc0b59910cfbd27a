package io.glulam.splice;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.source.Fragment;
import io.glulam.source.SourceFile;
import io.glulam.splice.SourceIndexes.Indexes;
import io.glulam.statistics.BelievedClaims;
import io.glulam.statistics.BelievedClaims.Contradiction;
import io.glulam.statistics.ChunkClaims;
import io.glulam.statistics.ClaimsCheck;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import io.glulam.statistics.PageClaims;
import io.glulam.statistics.PageSummary;
import io.glulam.statistics.StatisticsMerger;
import io.glulam.statistics.ValueOrder;
import io.glulam.statistics.WriterTrust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each data page of a surveyed column: rows, nulls and bounds, from its page index where there is one,
 * else from the chunk's statistics, whose bounds hold for each of its pages. What the source tells is held against itself
 * and against what is counted before any of it is believed; see {@link ClaimsCheck}. Bounds of page headers are never
 * taken: no reader skips by them, so nothing would have shown that they are wrong.
 */
public final class PageSummaries {
    private static final long[] UNKNOWN = {};

    private final SurveyedColumn column;
    private final PageTable pages;
    private final Leaf leaf;
    private final SourceFile file;
    private final SourceIndexes sourceIndexes;
    private final PageSummary[] summaries;
    private final int[] rows;
    private final @Nullable BelievedClaims[] believed;
    /** Of each fragment, {@link #sanitised} statistics. */
    private final @Nullable Statistics[] wholes;

    private final boolean[] indexed;
    /** Why page indexes of each fragment are left out before they are held against anything. */
    private final List<List<Contradiction>> unusable;

    /**
     * Reads the page indexes, and the levels of pages that are said to hold only nulls.
     */
    public PageSummaries(SourceFile file, SurveyedColumn column) {
        this.column = column;
        this.pages = column.pages();
        this.leaf = column.leaf();
        this.file = file;
        this.sourceIndexes = new SourceIndexes(file.bytes(), column);
        this.indexed = new boolean[column.fragments().size()];
        this.unusable = new ArrayList<>(Collections.nCopies(column.fragments().size(), List.of()));
        this.summaries = new PageSummary[pages.count()];
        this.rows = new int[pages.count()];
        this.believed = new BelievedClaims[column.fragments().size()];
        this.wholes = new Statistics[column.fragments().size()];
        try (NullCounter counter = new NullCounter(file, column)) {
            int page = 0;
            while (page < pages.count()) {
                int end = page + 1;
                while (end < pages.count() && pages.fragment(end) == pages.fragment(page)) {
                    end++;
                }
                summarise(page, end, counter);
                page = end;
            }
        }
    }

    /** What may be believed of a fragment's statistics; null if nothing. */
    public @Nullable Statistics statistics(int fragment) {
        BelievedClaims claims = believed[fragment];
        return claims == null ? null : claims.statistics();
    }

    /** What may be believed of each fragment's statistics, in source order; null where nothing. */
    public List<@Nullable Statistics> statistics() {
        List<@Nullable Statistics> all = new ArrayList<>(believed.length);
        for (int i = 0; i < believed.length; i++) {
            all.add(statistics(i));
        }
        return all;
    }

    /** The bounds of fragments and of pages that are believed so far. */
    public StatedBounds statedBounds() {
        boolean[] hasOtherPages = hasOtherPagesThanIndices();
        List<StatedBounds.@Nullable Pair> ofFragments = new ArrayList<>(believed.length);
        for (int i = 0; i < believed.length; i++) {
            Statistics whole = wholes[i];
            ofFragments.add(whole == null ? null : pair(whole, !hasOtherPages[i]));
        }
        List<StatedBounds.@Nullable Pair> ofPages = new ArrayList<>(summaries.length);
        for (int page = 0; page < summaries.length; page++) {
            StatedBounds.Pair own = pair(summaries[page].min(), summaries[page].max(), false, false);
            StatedBounds.Pair whole = ofFragments.get(pages.fragment(page));
            boolean same = own != null
                    && whole != null
                    && Arrays.equals(own.min(), whole.min())
                    && Arrays.equals(own.max(), whole.max());
            ofPages.add(same ? null : own);
        }
        return new StatedBounds(leaf, ofFragments, ofPages);
    }

    /** Of each fragment, whether a page's values are not in its dictionary. */
    private boolean[] hasOtherPagesThanIndices() {
        boolean[] others = new boolean[believed.length];
        for (int page = 0; page < pages.count(); page++) {
            others[pages.fragment(page)] |= !Encoding.isDictionary(pages.encoding(page));
        }
        return others;
    }

    private StatedBounds.@Nullable Pair pair(Statistics whole, boolean dictionaryEncoded) {
        if (whole.minValue() == null) {
            // Readers take the deprecated bounds then.
            return pair(whole.min(), whole.max(), false, false);
        }
        return pair(
                whole.minValue(),
                whole.maxValue(),
                dictionaryEncoded && Boolean.TRUE.equals(whole.minExact()),
                dictionaryEncoded && Boolean.TRUE.equals(whole.maxExact()));
    }

    private StatedBounds.@Nullable Pair pair(
            byte @Nullable [] min, byte @Nullable [] max, boolean minOccurs, boolean maxOccurs) {
        return min == null || max == null || ValueOrder.of(leaf).isNaN(min)
                ? null
                : new StatedBounds.Pair(min, max, minOccurs, maxOccurs);
    }

    /** What may be believed of a fragment's size statistics; null if nothing. */
    public @Nullable SizeStatistics sizes(int fragment) {
        BelievedClaims claims = believed[fragment];
        return claims == null ? null : claims.sizes();
    }

    /** Why claims of a fragment are not believed; empty if all are. */
    public List<Contradiction> contradictions(int fragment) {
        List<Contradiction> all = new ArrayList<>(unusable.get(fragment));
        BelievedClaims claims = believed[fragment];
        if (claims != null) {
            all.addAll(claims.contradictions());
        }
        return all;
    }

    /** Whether the source tells, anywhere but in the page itself, how many rows begin in a source page. */
    public boolean tellsRows(int page) {
        return rows[page] >= 0 || summary(page, page + 1, 0, -1).repetitionLevels().length > 0;
    }

    /** Whether an offset index tells the rows of a source page. */
    public boolean hasOffsetIndex(int page) {
        return indexed[pages.fragment(page)];
    }

    /** Rows that begin in a source page, as the offset index or, without one, headers tell; -1 if unknown. */
    public int rows(int page) {
        return rows[page];
    }

    /**
     * What the source tells of an output page's nulls, for it to be held against what was counted.
     *
     * @return nulls of the source pages {@code [from, to)}; -1 if one's are unknown
     */
    public long nulls(int from, int to) {
        long nulls = 0;
        for (int page = from; page < to; page++) {
            if (summaries[page].nullCount() < 0) {
                return -1;
            }
            nulls += summaries[page].nullCount();
        }
        return nulls;
    }

    /** What is known of an output page made of the source pages {@code [from, to)}, with its own counts if known. */
    public PageSummary summary(int from, int to, int valueCount, int nullCount) {
        if (to - from == 1 && nullCount < 0) {
            return summaries[from];
        }
        ValueOrder order = ValueOrder.of(leaf);
        byte[] min = null;
        byte[] max = null;
        boolean bounded = order.isDefined();
        for (int page = from; page < to && bounded; page++) {
            PageSummary part = summaries[page];
            if (Boolean.TRUE.equals(part.allNull())) {
                continue;
            }
            if (part.min() == null || part.max() == null) {
                bounded = false;
                continue;
            }
            min = min == null || order.compare(part.min(), min) < 0 ? part.min() : min;
            max = max == null || order.compare(part.max(), max) > 0 ? part.max() : max;
        }
        return new PageSummary(
                valueCount,
                nullCount,
                -1,
                nullCount == valueCount,
                bounded ? min : null,
                bounded ? max : null,
                UNKNOWN,
                UNKNOWN);
    }

    private void summarise(int from, int to, NullCounter counter) {
        int fragmentIndex = pages.fragment(from);
        Fragment fragment = column.fragments().get(fragmentIndex);
        ColumnChunk chunk = fragment.chunk();
        WriterTrust trust = file.trust(fragment.rowGroup());
        Indexes indexes = sourceIndexes.read(fragment, from, to);
        @Nullable OffsetIndex offsets = indexes.offsets();
        @Nullable ColumnIndex index = indexes.columnIndex();
        indexed[fragmentIndex] = offsets != null;
        unusable.set(fragmentIndex, indexes.problems());
        List<PageClaims> told = new ArrayList<>(to - from);
        for (int page = from; page < to; page++) {
            boolean counts = isSaidToBeAllNull(page, fragment, index, page - from, to - from);
            told.add(new PageClaims(
                    pages.valueCount(page),
                    pages.rowCount(page),
                    pages.nullCount(page),
                    pages.statistics(page),
                    counts ? counter.count(page) : -1));
        }
        BelievedClaims claims = ClaimsCheck.check(
                leaf,
                trust,
                new ChunkClaims(
                        chunk.valueCount(),
                        fragment.rows(),
                        chunk.statistics(),
                        chunk.sizeStatistics(),
                        index,
                        offsets,
                        told));
        believed[fragmentIndex] = claims.withoutIndex();
        @Nullable Statistics whole = sanitised(claims.statistics(), fragment);
        wholes[fragmentIndex] = whole;
        long[] nulls = nulls(told, whole);
        boolean headerRows = rowsAddUp(from, to, fragment.rows());
        for (int page = from; page < to; page++) {
            PageClaims known = told.get(page - from);
            rows[page] = rowCount(page, from, offsets, fragment.rows(), headerRows);
            summaries[page] = claims.columnIndex() != null
                    ? fromIndex(claims.columnIndex(), trust, known, page - from, nulls[page - from])
                    : fromStatistics(known, whole, nulls[page - from]);
        }
    }

    /** Whether anything that could be carried on says so: then it is counted. */
    private boolean isSaidToBeAllNull(
            int page, Fragment fragment, @Nullable ColumnIndex index, int entry, int pagesOfChunk) {
        ColumnChunk chunk = fragment.chunk();
        int values = pages.valueCount(page);
        Statistics whole = file.trust(fragment.rowGroup()).meant(chunk.statistics(), pagesOfChunk);
        Statistics own = pages.statistics(page);
        return index != null
                        && (index.nullPages()[entry]
                                || index.nullCounts().length > 0 && index.nullCounts()[entry] == values)
                || whole != null && whole.nullCount() == chunk.valueCount()
                || pages.nullCount(page) == values
                || own != null && own.nullCount() == values;
    }

    /** Nulls of each page of a chunk as counted, or as the chunk's statistics confirm them; -1 where unknown. */
    private long[] nulls(List<PageClaims> told, @Nullable Statistics whole) {
        long stated = whole == null ? -1 : whole.nullCount();
        boolean byHeaders = stated >= 0 && stated == sum(told, PageClaims::headerNulls);
        boolean byStatistics = stated >= 0 && stated == sum(told, PageSummaries::nullsByStatistics);
        long[] nulls = new long[told.size()];
        for (int i = 0; i < nulls.length; i++) {
            PageClaims page = told.get(i);
            if (leaf.maxDefinitionLevel() == 0 || page.countedNulls() >= 0) {
                nulls[i] = Math.max(0, page.countedNulls());
            } else if (stated == 0 || nulls.length == 1) {
                nulls[i] = stated;
            } else {
                nulls[i] = byHeaders ? page.headerNulls() : byStatistics ? nullsByStatistics(page) : -1;
            }
        }
        return nulls;
    }

    private static long nullsByStatistics(PageClaims page) {
        return page.statistics() == null ? -1 : page.statistics().nullCount();
    }

    /** The sum over all pages; -2, which no count is, if one of them is unknown. */
    private static long sum(List<PageClaims> told, ToLongFunction<PageClaims> count) {
        long sum = 0;
        for (PageClaims page : told) {
            long part = count.applyAsLong(page);
            if (part < 0) {
                return -2;
            }
            sum += part;
        }
        return sum;
    }

    private int rowCount(int page, int first, @Nullable OffsetIndex offsets, long chunkRows, boolean headerRows) {
        if (leaf.maxRepetitionLevel() == 0) {
            return pages.valueCount(page);
        }
        if (offsets != null) {
            int entry = page - first;
            long next = entry + 1 < offsets.pageCount() ? offsets.firstRows()[entry + 1] : chunkRows;
            return (int) (next - offsets.firstRows()[entry]);
        }
        return headerRows ? pages.rowCount(page) : -1;
    }

    /** Arrow C++ has written the number of values as {@code num_rows}: no offset index may come from that. */
    private boolean rowsAddUp(int from, int to, long chunkRows) {
        long sum = 0;
        for (int page = from; page < to; page++) {
            if (pages.rowCount(page) < 0) {
                return false;
            }
            sum += pages.rowCount(page);
        }
        return sum == chunkRows;
    }

    private PageSummary fromIndex(ColumnIndex index, WriterTrust trust, PageClaims page, int entry, long knownNulls) {
        ValueOrder order = ValueOrder.of(leaf);
        boolean allNull = index.nullPages()[entry];
        byte[] min = index.minValues()[entry];
        byte[] max = index.maxValues()[entry];
        boolean valid = !allNull && trust.trustsBounds(leaf) && order.isDefined() && order.isRange(min, max);
        boolean unconfirmed = allNull && leaf.maxDefinitionLevel() > 0 && page.countedNulls() < 0;
        return new PageSummary(
                page.valueCount(),
                index.nullCounts().length > 0 ? index.nullCounts()[entry] : knownNulls,
                index.nanCounts().length > 0 ? index.nanCounts()[entry] : -1,
                unconfirmed ? null : (Boolean) allNull,
                valid ? min : null,
                valid ? max : null,
                index.histogram(index.repetitionLevels(), entry, leaf.maxRepetitionLevel() + 1),
                index.histogram(index.definitionLevels(), entry, leaf.maxDefinitionLevel() + 1));
    }

    private static PageSummary fromStatistics(PageClaims page, @Nullable Statistics whole, long nulls) {
        boolean unconfirmed = nulls < 0 || nulls == page.valueCount() && page.countedNulls() < 0;
        return new PageSummary(
                page.valueCount(),
                nulls,
                -1,
                unconfirmed ? null : (Boolean) (nulls == page.valueCount()),
                whole == null ? null : whole.minValue(),
                whole == null ? null : whole.maxValue(),
                UNKNOWN,
                UNKNOWN);
    }

    /** Only what may be believed of the statistics. */
    private @Nullable Statistics sanitised(@Nullable Statistics statistics, Fragment fragment) {
        if (statistics == null) {
            return null;
        }
        StatisticsMerger merger = new StatisticsMerger(leaf);
        merger.add(statistics, file.trust(fragment.rowGroup()), fragment.chunk().valueCount());
        return merger.merged();
    }

    /** Whether the rows of every page are known. */
    public boolean rowsKnown() {
        return Arrays.stream(rows).noneMatch(count -> count < 0);
    }
}
