package io.glulam.splice;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import io.glulam.source.FragmentChunk;
import io.glulam.splice.SourceIndexes.Indexes;
import io.glulam.statistics.BelievedClaims;
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
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the source tells of a fragment: statistics, page indexes, page headers. Holds it against itself and against
 * the nulls of pages that are said to hold nothing else, which it counts; see {@link ClaimsCheck}. Not thread-safe.
 */
final class FragmentClaimsReader implements AutoCloseable {
    private static final long[] UNKNOWN = {};

    private final SurveyedColumn column;
    private final PageTable pages;
    private final Leaf leaf;
    private final ValueOrder order;
    private final SourceIndexes sourceIndexes;
    private final NullCounter counter;
    private final StatisticsMerger merger;

    FragmentClaimsReader(SurveyedColumn column) {
        this.column = column;
        this.pages = column.pages();
        this.leaf = column.leaf();
        this.order = ValueOrder.of(leaf);
        this.sourceIndexes = new SourceIndexes(column);
        this.counter = new NullCounter(column);
        this.merger = new StatisticsMerger(leaf);
    }

    /** Reads those of the fragment with the data pages {@code [from, to)}. */
    FragmentClaims read(int from, int to) {
        FragmentChunk fragment = column.fragmentOf(from);
        Indexes indexes = sourceIndexes.read(fragment, from, to);
        List<PageClaims> told = told(fragment, indexes.columnIndex(), from, to);
        BelievedClaims claims = check(fragment, indexes, told);
        @Nullable Statistics trusted = trusted(claims.statistics(), fragment);
        long[] known = knownNulls(told, trusted);
        long[] nulls = statedNulls(told, trusted, known);
        PageSummary[] summaries = new PageSummary[told.size()];
        for (int i = 0; i < summaries.length; i++) {
            summaries[i] = claims.columnIndex() != null
                    ? fromIndex(claims.columnIndex(), fragment.trust(), told.get(i), i, known[i])
                    : fromStatistics(told.get(i), trusted, known[i], nulls[i]);
            nulls[i] = summaries[i].nullCount() < 0 ? nulls[i] : summaries[i].nullCount();
        }
        return new FragmentClaims(
                claims.withoutIndex(),
                trusted,
                indexes.offsets() != null,
                indexes.problems(),
                summaries,
                nulls,
                rows(from, to, indexes.offsets(), fragment.rows()));
    }

    private List<PageClaims> told(FragmentChunk fragment, @Nullable ColumnIndex index, int from, int to) {
        if (to - from == 1) {
            return List.of(told(fragment, index, from, from, to));
        }
        List<PageClaims> told = new ArrayList<>(to - from);
        for (int page = from; page < to; page++) {
            told.add(told(fragment, index, page, from, to));
        }
        return told;
    }

    private PageClaims told(FragmentChunk fragment, @Nullable ColumnIndex index, int page, int from, int to) {
        boolean counts = isSaidToBeAllNull(page, fragment, index, page - from, to - from);
        return new PageClaims(
                pages.valueCount(page),
                pages.rowCount(page),
                pages.nullCount(page),
                pages.statistics(page),
                counts ? counter.count(page) : -1);
    }

    /** Whether anything that could be carried on says so: then it is counted. */
    private boolean isSaidToBeAllNull(
            int page, FragmentChunk fragment, @Nullable ColumnIndex index, int entry, int pagesOfChunk) {
        ColumnChunk chunk = fragment.chunk();
        int values = pages.valueCount(page);
        Statistics whole = fragment.trust().meant(chunk.statistics(), pagesOfChunk);
        Statistics own = pages.statistics(page);
        return index != null
                        && (index.nullPages()[entry]
                                || index.nullCounts().length > 0 && index.nullCounts()[entry] == values)
                || whole != null && whole.nullCount() == chunk.valueCount()
                || pages.nullCount(page) == values
                || own != null && own.nullCount() == values;
    }

    private BelievedClaims check(FragmentChunk fragment, Indexes indexes, List<PageClaims> told) {
        ColumnChunk chunk = fragment.chunk();
        return ClaimsCheck.check(
                leaf,
                fragment.trust(),
                new ChunkClaims(
                        chunk.valueCount(),
                        fragment.rows(),
                        chunk.statistics(),
                        chunk.sizeStatistics(),
                        indexes.columnIndex(),
                        indexes.offsets(),
                        told));
    }

    private @Nullable Statistics trusted(@Nullable Statistics statistics, FragmentChunk fragment) {
        if (statistics == null) {
            return null;
        }
        merger.clear();
        merger.add(statistics, fragment.trust(), fragment.chunk().valueCount());
        return merger.merged();
    }

    /** Nulls of each page of a chunk as counted, or as the chunk's statistics leave no choice; -1 where unknown. */
    private long[] knownNulls(List<PageClaims> told, @Nullable Statistics whole) {
        long stated = whole == null ? -1 : whole.nullCount();
        boolean noChoice = stated == 0 || told.size() == 1;
        long[] known = new long[told.size()];
        for (int i = 0; i < known.length; i++) {
            long counted = told.get(i).countedNulls(leaf);
            known[i] = counted >= 0 || !noChoice ? counted : stated;
        }
        return known;
    }

    /**
     * The same, and where unknown as page headers tell, if they add up to the chunk's. Only a witness: a sum that is right
     * does not show which page has the nulls, and readers would skip pages by the nulls of a page index.
     */
    private static long[] statedNulls(List<PageClaims> told, @Nullable Statistics whole, long[] known) {
        long[] nulls = known.clone();
        if (areKnown(nulls)) {
            return nulls;
        }
        long stated = whole == null ? -1 : whole.nullCount();
        boolean byHeaders = stated >= 0 && stated == sum(told, PageClaims::headerNulls);
        boolean byStatistics = stated >= 0 && stated == sum(told, FragmentClaimsReader::nullsByStatistics);
        for (int i = 0; i < nulls.length; i++) {
            if (nulls[i] < 0 && (byHeaders || byStatistics)) {
                nulls[i] = byHeaders ? told.get(i).headerNulls() : nullsByStatistics(told.get(i));
            }
        }
        return nulls;
    }

    private static boolean areKnown(long[] nulls) {
        for (long count : nulls) {
            if (count < 0) {
                return false;
            }
        }
        return true;
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

    /** Rows that begin in each of the pages, as the offset index or, without one, headers tell. */
    private int[] rows(int from, int to, @Nullable OffsetIndex offsets, long chunkRows) {
        int[] rows = new int[to - from];
        boolean byHeaders = leaf.maxRepetitionLevel() > 0 && offsets == null && rowsAddUp(from, to, chunkRows);
        for (int i = 0; i < rows.length; i++) {
            if (leaf.maxRepetitionLevel() == 0) {
                rows[i] = pages.valueCount(from + i);
            } else if (offsets != null) {
                long next = i + 1 < offsets.pageCount() ? offsets.firstRows()[i + 1] : chunkRows;
                rows[i] = (int) (next - offsets.firstRows()[i]);
            } else {
                rows[i] = byHeaders ? pages.rowCount(from + i) : -1;
            }
        }
        return rows;
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

    private PageSummary fromIndex(ColumnIndex index, WriterTrust trust, PageClaims page, int entry, long known) {
        boolean allNull = index.nullPages()[entry];
        byte[] min = index.minValues()[entry];
        byte[] max = index.maxValues()[entry];
        boolean valid = !allNull && trust.trustsBounds(leaf) && order.isDefined() && order.isRange(min, max);
        boolean unconfirmed = allNull && page.countedNulls(leaf) < 0;
        return new PageSummary(
                page.valueCount(),
                index.nullCounts().length > 0 ? index.nullCounts()[entry] : known,
                index.nanCounts().length > 0 ? index.nanCounts()[entry] : -1,
                unconfirmed ? null : (Boolean) allNull,
                valid ? min : null,
                valid ? max : null,
                index.histogram(index.repetitionLevels(), entry, leaf.maxRepetitionLevel() + 1),
                index.histogram(index.definitionLevels(), entry, leaf.maxDefinitionLevel() + 1));
    }

    /**
     * Returns what statistics tell of a page.
     *
     * @param known its nulls; -1 if unknown
     * @param stated its nulls as known or as all witnesses tell; -1 if they do not
     */
    private PageSummary fromStatistics(PageClaims page, @Nullable Statistics whole, long known, long stated) {
        boolean unconfirmed = stated < 0 || stated == page.valueCount() && page.countedNulls(leaf) < 0;
        return new PageSummary(
                page.valueCount(),
                known,
                -1,
                unconfirmed ? null : (Boolean) (stated == page.valueCount()),
                whole == null ? null : whole.minValue(),
                whole == null ? null : whole.maxValue(),
                UNKNOWN,
                UNKNOWN);
    }

    @Override
    public void close() {
        counter.close();
    }
}
