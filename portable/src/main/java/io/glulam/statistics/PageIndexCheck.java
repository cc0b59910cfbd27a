package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.statistics.Doubts.Struct;

/** Holds the entries of a column index against its pages, as counted and as their headers tell. Used once. */
final class PageIndexCheck {
    private final Leaf leaf;
    private final ChunkClaims claims;
    private final ColumnIndex index;
    private final Doubts doubts;

    PageIndexCheck(Leaf leaf, ChunkClaims claims, ColumnIndex index, Doubts doubts) {
        this.leaf = leaf;
        this.claims = claims;
        this.index = index;
        this.doubts = doubts;
    }

    void check() {
        int pages = claims.pages().size();
        boolean levels = isPerPage(index.repetitionLevels(), leaf.maxRepetitionLevel() + 1, pages)
                && isPerPage(index.definitionLevels(), leaf.maxDefinitionLevel() + 1, pages);
        doubtIf(!levels, "its level histograms are not of the column's levels");
        for (int page = 0; page < pages; page++) {
            check(page, claims.pages().get(page));
        }
    }

    private void doubtIf(boolean contradiction, String problem) {
        doubts.addIf(contradiction, Struct.COLUMN_INDEX, problem);
    }

    private static boolean isPerPage(long[] histograms, int levels, int pages) {
        return histograms.length == 0 || histograms.length == (long) levels * pages;
    }

    private void check(int page, PageClaims known) {
        long[] repetition = index.histogram(index.repetitionLevels(), page, leaf.maxRepetitionLevel() + 1);
        long[] definition = index.histogram(index.definitionLevels(), page, leaf.maxDefinitionLevel() + 1);
        doubtIf(
                !addsUp(repetition, known.valueCount()) || !addsUp(definition, known.valueCount()),
                "a level histogram does not add up to the number of values");
        long nulls = index.nullCounts().length > 0 ? index.nullCounts()[page] : -1;
        checkNulls(known, index.nullPages()[page], nulls);
        checkCounted(known, index.nullPages()[page], nulls);
        if (definition.length > 0) {
            checkHistogram(known, index.nullPages()[page], nulls, definition);
        }
        boolean floating = ValueOrder.of(leaf).isFloatingPoint() && index.nanCounts().length > 0;
        doubtIf(
                floating && index.nanCounts()[page] > known.valueCount() - Math.max(0, nulls),
                "nan_counts has more than the values that are not null");
    }

    private static boolean addsUp(long[] histogram, int values) {
        return histogram.length == 0 || Histograms.counts(histogram, histogram.length, values);
    }

    private void checkNulls(PageClaims known, boolean allNull, long nulls) {
        int values = known.valueCount();
        doubtIf(nulls > values, "null_counts has more nulls than the page has values");
        // Hidden nulls leave fewer of them than values in a page of nothing else.
        boolean tooFew = allNull && nulls != values && !leaf.mayHideNulls();
        doubtIf(nulls >= 0 && (tooFew || !allNull && nulls == values), "null_pages contradicts null_counts");
        // Arrow C++ writes 0 as num_nulls where it keeps no statistics.
        long own = known.statistics() == null ? -1 : known.statistics().nullCount();
        boolean other = known.headerNulls() > 0 && known.headerNulls() != nulls || own >= 0 && own != nulls;
        doubtIf(nulls >= 0 && !leaf.mayHideNulls() && other, "null_counts contradicts a page header");
    }

    private void checkCounted(PageClaims known, boolean allNull, long nulls) {
        int counted = known.countedNulls(leaf);
        if (counted >= 0) {
            doubtIf(
                    allNull != (counted == known.valueCount()),
                    "null_pages is not what the page's definition levels tell");
            doubtIf(
                    nulls >= 0 && !leaf.allowsNullCount(nulls, counted),
                    "null_counts is not what the page's definition levels tell");
        }
    }

    private void checkHistogram(PageClaims known, boolean allNull, long nulls, long[] definition) {
        long told = known.valueCount() - definition[leaf.maxDefinitionLevel()];
        doubtIf(
                allNull != (told == known.valueCount()) || nulls >= 0 && !leaf.allowsNullCount(nulls, told),
                "its definition level histograms contradict its nulls");
    }
}
