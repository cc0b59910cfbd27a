package io.glulam.execute;

import io.glulam.format.Leaf;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.source.FragmentChunk;
import io.glulam.splice.PageSummaries;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.BelievedClaims.Contradiction;
import io.glulam.statistics.SizeStatisticsMerger;
import io.glulam.statistics.StatisticsMerger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The claims of the sources about a merged column chunk that may be believed, put together. */
final class MergedClaims {
    private static final String MISCOUNTED = "it tells of other nulls, rows or bounds than the values have";

    private final SurveyedColumn column;
    private final Leaf leaf;
    private final PageSummaries pages;

    /**
     * Claims of the whole chunk.
     *
     * @param statistics null for none
     * @param sizes null for none
     */
    record Whole(@Nullable Statistics statistics, @Nullable SizeStatistics sizes) {}

    /** Reads page indexes, and the levels of pages that are said to hold only nulls. */
    MergedClaims(SurveyedColumn column) {
        this.column = column;
        this.leaf = column.leaf();
        this.pages = new PageSummaries(column);
    }

    /** Returns the claims about the source pages. */
    PageSummaries pages() {
        return pages;
    }

    /** Returns the believed statistics of each fragment, in source order; null where nothing is believed. */
    List<@Nullable Statistics> statisticsOfFragments() {
        return pages.statistics();
    }

    /** Tells what is not carried on because it is damaged or contradicted. */
    void noteDropped(DroppedAids aids) {
        String name = leaf.name();
        for (int i = 0; i < column.fragments().size(); i++) {
            FragmentChunk fragment = column.fragments().get(i);
            aids.addUnusable(fragment, name);
            for (Contradiction contradiction : pages.contradictions(i)) {
                aids.add(fragment.rowGroup(), name, contradiction.struct(), contradiction.problem());
            }
        }
    }

    /** Tells that the offset index of a source page's fragment has other rows than were counted. */
    void noteOtherRows(DroppedAids aids, int page) {
        aids.add(column.rowGroup(page), leaf.name(), "offset index", "it tells of other rows than the pages have");
    }

    /** Tells that what was counted contradicts what the sources tell. */
    void noteMiscounted(DroppedAids aids) {
        aids.add(column.fragments().get(0).rowGroup(), leaf.name(), "statistics", MISCOUNTED);
    }

    /** Returns the statistics of the sources' chunks, merged; null if they do not tell. */
    @Nullable
    Statistics statistics() {
        StatisticsMerger merger = new StatisticsMerger(leaf);
        for (int i = 0; i < column.fragments().size(); i++) {
            FragmentChunk fragment = column.fragments().get(i);
            merger.add(pages.statistics(i), fragment.trust(), fragment.chunk().valueCount());
        }
        return merger.merged();
    }

    private @Nullable SizeStatistics sizes() {
        SizeStatisticsMerger merger = new SizeStatisticsMerger(leaf);
        for (int i = 0; i < column.fragments().size(); i++) {
            merger.add(pages.sizes(i), column.fragments().get(i).chunk().valueCount());
        }
        return merger.merged();
    }

    /** Returns what the sources claim of the chunk; null if nulls were counted, and the claims are of other nulls. */
    @Nullable
    Whole whole(long countedNulls) {
        Statistics statistics = statistics();
        SizeStatistics sizes = sizes();
        return countedNulls >= 0 && contradictNulls(statistics, sizes, countedNulls)
                ? null
                : new Whole(withNulls(statistics, countedNulls), sizes);
    }

    /** Returns what remains where the counts contradict the sources: the counted nulls, if there are any. */
    static Whole countedOnly(long countedNulls) {
        return new Whole(countedNulls < 0 ? null : Statistics.NONE.withNullCount(countedNulls), null);
    }

    private boolean contradictNulls(
            @Nullable Statistics statistics, @Nullable SizeStatistics sizes, long countedNulls) {
        if (statistics != null
                && statistics.nullCount() >= 0
                && !leaf.allowsNullCount(statistics.nullCount(), countedNulls)) {
            return true;
        }
        long[] levels = sizes == null ? new long[0] : sizes.definitionLevels();
        return levels.length > 0 && Arrays.stream(levels).sum() - levels[leaf.maxDefinitionLevel()] != countedNulls;
    }

    /**
     * Statistics with the nulls that were counted where the sources' cannot be added up. None at all if they were not
     * counted and there are any: some readers take an absent null count for 0, and would skip them.
     */
    private @Nullable Statistics withNulls(@Nullable Statistics merged, long countedNulls) {
        boolean lost = merged != null
                && merged.nullCount() < 0
                && column.fragments().stream()
                        .map(fragment -> fragment.chunk().statistics())
                        .anyMatch(statistics -> statistics != null && statistics.nullCount() > 0);
        if (merged == null || !lost) {
            return merged;
        }
        return countedNulls < 0 ? null : merged.withNullCount(countedNulls);
    }
}
