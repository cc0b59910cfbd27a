package io.glulam.splice;

import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.statistics.BelievedClaims;
import io.glulam.statistics.BelievedClaims.Contradiction;
import io.glulam.statistics.PageSummary;
import io.glulam.statistics.ValueOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of each data page of a surveyed column: rows, nulls and bounds, from its page index where there is one,
 * else from the chunk's statistics, whose bounds hold for each of its pages. What the source tells is held against itself
 * and against what is counted before any of it is believed; see {@link FragmentClaimsReader}. Bounds of page headers are
 * never taken: no reader skips by them, so nothing would have shown that they are wrong.
 */
public final class PageSummaries {
    private static final long[] UNKNOWN = {};

    private final SurveyedColumn column;
    private final PageTable pages;
    private final ValueOrder order;
    private final PageSummary[] summaries;
    private final long[] nulls;
    private final int[] rows;
    private final @Nullable BelievedClaims[] believed;
    /** The believed statistics of each fragment, as far as its writer is trusted. */
    private final @Nullable Statistics[] trusted;

    private final boolean[] indexed;
    /** Why page indexes of each fragment are left out before they are held against anything. */
    private final List<List<Contradiction>> unusable;

    /** Reads the page indexes, and the levels of pages that are said to hold only nulls. */
    public PageSummaries(SurveyedColumn column) {
        this.column = column;
        this.pages = column.pages();
        this.order = ValueOrder.of(column.leaf());
        int fragments = column.fragments().size();
        this.indexed = new boolean[fragments];
        this.unusable = new ArrayList<>(Collections.nCopies(fragments, List.of()));
        this.summaries = new PageSummary[pages.count()];
        this.nulls = new long[pages.count()];
        this.rows = new int[pages.count()];
        this.believed = new BelievedClaims[fragments];
        this.trusted = new Statistics[fragments];
        try (FragmentClaimsReader reader = new FragmentClaimsReader(column)) {
            int page = 0;
            while (page < pages.count()) {
                int end = page + 1;
                while (end < pages.count() && pages.fragment(end) == pages.fragment(page)) {
                    end++;
                }
                set(page, reader.read(page, end));
                page = end;
            }
        }
    }

    private void set(int firstPage, FragmentClaims claims) {
        int fragment = pages.fragment(firstPage);
        believed[fragment] = claims.believed();
        trusted[fragment] = claims.trusted();
        indexed[fragment] = claims.indexed();
        unusable.set(fragment, claims.unusable());
        System.arraycopy(claims.pages(), 0, summaries, firstPage, claims.pages().length);
        System.arraycopy(claims.nulls(), 0, nulls, firstPage, claims.nulls().length);
        System.arraycopy(claims.rows(), 0, rows, firstPage, claims.rows().length);
    }

    /** Returns the believed part of a fragment's statistics; null if there is none. */
    public @Nullable Statistics statistics(int fragment) {
        BelievedClaims claims = believed[fragment];
        return claims == null ? null : claims.statistics();
    }

    /** Returns the believed part of each fragment's statistics, in source order; null where there is none. */
    public List<@Nullable Statistics> statistics() {
        List<@Nullable Statistics> all = new ArrayList<>(believed.length);
        for (int i = 0; i < believed.length; i++) {
            all.add(statistics(i));
        }
        return all;
    }

    /** Returns the bounds of fragments and of pages that are believed so far. */
    public StatedBounds statedBounds() {
        return StatedBounds.of(column, trusted, summaries);
    }

    /** Returns the believed part of a fragment's size statistics; null if there is none. */
    public @Nullable SizeStatistics sizes(int fragment) {
        BelievedClaims claims = believed[fragment];
        return claims == null ? null : claims.sizes();
    }

    /** Returns why claims of a fragment are not believed; empty if all are. */
    public List<Contradiction> contradictions(int fragment) {
        List<Contradiction> early = unusable.get(fragment);
        BelievedClaims claims = believed[fragment];
        if (claims == null || claims.contradictions().isEmpty()) {
            return early;
        }
        List<Contradiction> all = new ArrayList<>(early);
        all.addAll(claims.contradictions());
        return all;
    }

    /** Returns whether the source tells, anywhere but in the page itself, how many rows begin in a source page. */
    public boolean tellsRows(int page) {
        return rows[page] >= 0 || summary(page, page + 1, 0, -1).repetitionLevels().length > 0;
    }

    /** Returns whether an offset index tells the rows of a source page. */
    public boolean hasOffsetIndex(int page) {
        return indexed[pages.fragment(page)];
    }

    /**
     * Returns the rows that begin in a source page, as the offset index or, without one, headers tell; -1 if unknown.
     */
    public int rows(int page) {
        return rows[page];
    }

    /**
     * Returns the source's nulls of an output page, to be checked against the count.
     *
     * @return nulls of the source pages {@code [from, to)}; -1 if one's are unknown
     */
    public long nulls(int from, int to) {
        long sum = 0;
        for (int page = from; page < to; page++) {
            if (nulls[page] < 0) {
                return -1;
            }
            sum += nulls[page];
        }
        return sum;
    }

    /**
     * Returns the facts of an output page made of the source pages {@code [from, to)}, with its own counts if known.
     */
    public PageSummary summary(int from, int to, int valueCount, int nullCount) {
        if (to - from == 1 && nullCount < 0) {
            return summaries[from];
        }
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
}
