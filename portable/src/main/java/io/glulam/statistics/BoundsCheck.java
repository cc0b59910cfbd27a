package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Statistics;
import io.glulam.statistics.Doubts.Struct;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds bounds against the column's type, and those of a chunk against those of its pages. Not thread-safe. */
final class BoundsCheck {
    private static final String OTHERS = "the statistics' bounds are not those of the column index's pages";

    private final Leaf leaf;
    private final ValueOrder order;
    private final BoundAgreement agreement;
    private final Doubts doubts;

    BoundsCheck(Leaf leaf, Doubts doubts) {
        this.leaf = leaf;
        this.order = ValueOrder.of(leaf);
        this.agreement = new BoundAgreement(order);
        this.doubts = doubts;
    }

    /**
     * Checks a pair of bounds. NaN is none under the type-defined orders, and no contradiction: readers know writers
     * that put it there, and pass over it.
     */
    void checkPair(byte @Nullable [] min, byte @Nullable [] max, Struct struct, String names) {
        if (min == null || max == null) {
            return;
        }
        String problem = problem(min, max);
        if (problem != null) {
            doubts.addIf(true, struct, names + problem); // Put together only here: this is asked of each chunk.
        }
    }

    private @Nullable String problem(byte[] min, byte[] max) {
        if (!order.isValue(min) || !order.isValue(max)) {
            return " are not values of the column's type";
        }
        if (!order.isNaN(min) && !order.isNaN(max) && order.compare(min, max) > 0) {
            return " are the wrong way round";
        }
        return hasTooManyDigits(min) || hasTooManyDigits(max) ? " have more digits than the decimal's precision" : null;
    }

    private boolean hasTooManyDigits(byte[] bound) {
        boolean number = leaf.type() == PhysicalType.INT32 || leaf.type() == PhysicalType.INT64;
        if (!leaf.isDecimal() || !number || leaf.precision() > 18) {
            return false;
        }
        long value = 0;
        for (int i = bound.length - 1; i >= 0; i--) {
            value = i == bound.length - 1 ? bound[i] : value << Byte.SIZE | bound[i] & 0xff;
        }
        long limit = 1;
        for (int digit = 0; digit < leaf.precision(); digit++) {
            limit *= 10;
        }
        return value >= limit || value <= -limit;
    }

    /**
     * Checks the bounds of all pages, by the column index and by their headers, and the chunk's against them.
     *
     * @param usesBounds whether the writer's bounds, those of the column index among them, are comparable
     * @param usesDeprecatedBounds whether its deprecated ones are
     */
    void checkPages(
            @Nullable Statistics statistics,
            @Nullable ColumnIndex index,
            List<PageClaims> pages,
            boolean usesBounds,
            boolean usesDeprecatedBounds) {
        ColumnIndex comparable = usesBounds ? index : null;
        if (comparable != null) {
            checkEntries(comparable, pages);
        }
        if (statistics == null || !isTold(comparable, pages)) {
            return;
        }
        if (usesBounds) {
            checkChunk(Stated.of(statistics), comparable, pages, Stated::of);
        }
        if (usesDeprecatedBounds) {
            checkChunk(Stated.deprecatedOf(statistics), comparable, pages, Stated::deprecatedOf);
        }
    }

    /** The bounds of one kind that a struct states; null where it states none. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Stated(
            byte @Nullable [] min,
            byte @Nullable [] max,
            @Nullable Boolean minExact,
            @Nullable Boolean maxExact) {
        static Stated of(Statistics statistics) {
            return new Stated(
                    statistics.minValue(), statistics.maxValue(), statistics.minExact(), statistics.maxExact());
        }

        static Stated deprecatedOf(Statistics statistics) {
            return new Stated(statistics.min(), statistics.max(), null, null);
        }
    }

    private void checkChunk(
            Stated chunk, @Nullable ColumnIndex index, List<PageClaims> pages, Function<Statistics, Stated> kind) {
        byte[] min = chunk.min();
        byte[] max = chunk.max();
        if (min == null || max == null || !isBounded(min, max)) {
            return;
        }
        if (index != null) {
            checkIndex(index, chunk, min, max);
        }
        for (PageClaims page : pages) {
            if (page.statistics() != null) {
                Stated own = kind.apply(page.statistics());
                doubts.addIf(
                        isOutside(own.min(), own.max(), min, max),
                        Struct.STATISTICS,
                        "its bounds leave out those of a page header");
            }
        }
    }

    /** Whether anything tells of the bounds of pages. */
    private static boolean isTold(@Nullable ColumnIndex index, List<PageClaims> pages) {
        boolean told = index != null;
        for (int i = 0; i < pages.size() && !told; i++) {
            told = pages.get(i).statistics() != null;
        }
        return told;
    }

    private boolean isBounded(byte @Nullable [] min, byte @Nullable [] max) {
        return min != null && max != null && order.isRange(min, max) && !order.isNaN(min);
    }

    private boolean isOutside(byte @Nullable [] pageMin, byte @Nullable [] pageMax, byte[] min, byte[] max) {
        return pageMin != null
                && pageMax != null
                && isBounded(pageMin, pageMax)
                && (!agreement.isWithinLower(pageMin, min) || !agreement.isWithinUpper(pageMax, max));
    }

    private void checkEntries(ColumnIndex index, List<PageClaims> pages) {
        for (int page = 0; page < index.pageCount(); page++) {
            if (index.nullPages()[page]) {
                continue;
            }
            byte[] min = index.minValues()[page];
            byte[] max = index.maxValues()[page];
            checkPair(min, max, Struct.COLUMN_INDEX, "min_values and max_values of a page");
            Statistics own = pages.get(page).statistics();
            doubts.addIf(
                    own != null && isBounded(min, max) && isOutside(own.minValue(), own.maxValue(), min, max),
                    Struct.COLUMN_INDEX,
                    "min_values and max_values leave out those of a page header");
        }
    }

    private void checkIndex(ColumnIndex index, Stated chunk, byte[] min, byte[] max) {
        byte[] least = null;
        byte[] greatest = null;
        boolean complete = true;
        for (int page = 0; page < index.pageCount(); page++) {
            if (index.nullPages()[page]) {
                continue;
            }
            byte[] pageMin = index.minValues()[page];
            byte[] pageMax = index.maxValues()[page];
            if (!isBounded(pageMin, pageMax)) {
                complete = false;
                continue;
            }
            doubts.addBothIf(isOutside(pageMin, pageMax, min, max), Struct.STATISTICS, Struct.COLUMN_INDEX, OTHERS);
            least = least == null || order.compare(pageMin, least) < 0 ? pageMin : least;
            greatest = greatest == null || order.compare(pageMax, greatest) > 0 ? pageMax : greatest;
        }
        if (complete && least != null && greatest != null) {
            boolean lower = Boolean.FALSE.equals(chunk.minExact()) || agreement.sameLower(least, min);
            boolean upper = Boolean.FALSE.equals(chunk.maxExact()) || agreement.sameUpper(greatest, max);
            doubts.addBothIf(!lower || !upper, Struct.STATISTICS, Struct.COLUMN_INDEX, OTHERS);
        }
    }
}
