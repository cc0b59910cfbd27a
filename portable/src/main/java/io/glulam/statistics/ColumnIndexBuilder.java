package io.glulam.statistics;

import io.glulam.format.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the column index of a chunk from what is known of its pages: for all of them, or none (PARQUET-2365: readers
 * take a missing bound for a null page and drop its rows). Bounds are kept as given, cut or wide. Not thread-safe.
 */
public final class ColumnIndexBuilder {
    private static final byte[] NO_BOUND = {};

    private final Leaf leaf;
    private final ValueOrder order;
    private final List<PageSummary> pages = new ArrayList<>();
    private boolean possible;

    /** For bounds that were computed from the values. */
    public ColumnIndexBuilder(Leaf leaf) {
        this(leaf, true);
    }

    /**
     * For bounds that come from statistics or column indexes.
     *
     * @param trusted whether the writer of each page is trusted with bounds of the column; see
     *     {@link WriterTrust#trustsBounds}
     */
    public ColumnIndexBuilder(Leaf leaf, boolean trusted) {
        this.leaf = leaf;
        order = ValueOrder.of(leaf);
        possible = trusted && order.isDefined();
    }

    /** Adds the next data page. */
    public void add(PageSummary page) {
        possible = possible && isIndexable(page);
        if (possible) {
            pages.add(page);
        } else {
            pages.clear();
        }
    }

    private boolean isIndexable(PageSummary page) {
        Boolean allNull = page.allNull();
        if (allNull == null) {
            return false;
        }
        long nulls = page.nullCount();
        boolean everyValueIsNull = nulls == page.valueCount();
        if (nulls > page.valueCount() || everyValueIsNull && !allNull) {
            return false;
        }
        // Hidden nulls leave fewer of them than values in a page of nothing else.
        if (nulls >= 0 && !everyValueIsNull && allNull && !leaf.mayHideNulls()) {
            return false;
        }
        if (allNull) {
            return true;
        }
        // The total order asks for nan_counts beside the bounds.
        if (order.isTotal() && (page.nanCount() < 0 || page.nanCount() > page.valueCount())) {
            return false;
        }
        return page.min() != null && page.max() != null && order.isRange(page.min(), page.max());
    }

    /** The index of the pages added; null if it cannot be complete and true, or if there is no page. */
    public @Nullable ColumnIndex build() {
        if (!possible || pages.isEmpty()) {
            return null;
        }
        int count = pages.size();
        boolean[] nullPages = new boolean[count];
        byte[][] mins = new byte[count][];
        byte[][] maxs = new byte[count][];
        for (int i = 0; i < count; i++) {
            PageSummary page = pages.get(i);
            byte[] min = page.min();
            byte[] max = page.max();
            nullPages[i] = Boolean.TRUE.equals(page.allNull());
            boolean bounded = !nullPages[i] && min != null && max != null;
            mins[i] = bounded && min != null ? order.asLower(min) : NO_BOUND;
            maxs[i] = bounded && max != null ? order.asUpper(max) : NO_BOUND;
        }
        return new ColumnIndex(
                nullPages,
                mins,
                maxs,
                boundaryOrder(nullPages, mins, maxs),
                nullCounts(),
                histograms(leaf.maxRepetitionLevel() + 1, true),
                histograms(leaf.maxDefinitionLevel() + 1, false),
                nanCounts());
    }

    /** Over the pages that have values; ascending where all orders fit, as the reference implementation has it. */
    private BoundaryOrder boundaryOrder(boolean[] nullPages, byte[][] mins, byte[][] maxs) {
        boolean ascending = true;
        boolean descending = true;
        int previous = -1;
        for (int i = 0; i < nullPages.length; i++) {
            if (nullPages[i]) {
                continue;
            }
            if (previous >= 0) {
                int min = order.compare(mins[previous], mins[i]);
                int max = order.compare(maxs[previous], maxs[i]);
                ascending &= min <= 0 && max <= 0;
                descending &= min >= 0 && max >= 0;
            }
            previous = i;
        }
        if (ascending) {
            return BoundaryOrder.ASCENDING;
        }
        return descending ? BoundaryOrder.DESCENDING : BoundaryOrder.UNORDERED;
    }

    private long[] nullCounts() {
        long[] counts = pages.stream().mapToLong(PageSummary::nullCount).toArray();
        return allKnown(counts) ? counts : Histograms.ABSENT;
    }

    private long[] nanCounts() {
        if (!order.isFloatingPoint()) {
            return Histograms.ABSENT;
        }
        long[] counts = pages.stream()
                .mapToLong(page -> Boolean.TRUE.equals(page.allNull()) ? 0 : page.nanCount())
                .toArray();
        return allKnown(counts) ? counts : Histograms.ABSENT;
    }

    private static boolean allKnown(long[] counts) {
        return Arrays.stream(counts).allMatch(count -> count >= 0);
    }

    private long[] histograms(int levels, boolean repetition) {
        long[] all = new long[Math.multiplyExact(pages.size(), levels)];
        for (int i = 0; i < pages.size(); i++) {
            PageSummary page = pages.get(i);
            long[] histogram = repetition ? page.repetitionLevels() : page.definitionLevels();
            if (!Histograms.counts(histogram, levels, page.valueCount())) {
                return Histograms.ABSENT;
            }
            System.arraycopy(histogram, 0, all, i * levels, levels);
        }
        return all;
    }
}
