package io.glulam.planning;

import io.glulam.format.Leaf;
import io.glulam.page.PageForm;
import io.glulam.plan.Settings;
import io.glulam.splice.ColumnSplicer;
import io.glulam.splice.OutputPages;
import io.glulam.splice.PageRows;
import io.glulam.splice.SurveyedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Estimates the sizes of what Remap and Coalesce will make of a column, where no values are sampled. It makes the beginnings of
 * a few output pages and the dictionary of one row group, and expects the other row groups to come out like it. It takes the
 * same pages each time for the same file and settings. Several threads may ask, each for a column of its own.
 */
final class SpliceSizeEstimator {
    private static final int MAX_PAGES = 3;

    /** Uncompressed bytes of an output page that are made: more than a codec of little memory looks back. */
    static final long PAGE_BYTES = 128 << 10;

    /** Of a column, one part in so many is made, but of one page so much in any case. */
    private static final int SHARE = 16;

    /** The most memory that is tried, whatever there is, so that the plan does not depend on it. */
    private static final long MAX_COST = 4 << 20;

    private final Settings settings;
    private final Map<Integer, Shares> columns = new ConcurrentHashMap<>();

    /**
     * The estimated result.
     *
     * @param pages bytes for each byte that the joined source pages take
     * @param dictionary bytes for each byte of the union dictionary, uncompressed
     */
    private record Shares(double pages, double dictionary) {}

    SpliceSizeEstimator(Settings settings) {
        this.settings = settings;
    }

    /** Whether pages of that column have been tried: those of other row groups are not, then. */
    boolean knows(Leaf leaf) {
        return columns.containsKey(leaf.index());
    }

    /**
     * Bytes that a column chunk is expected to take.
     *
     * @param pages as the column's tier makes them
     * @throws io.glulam.error.CorruptFile if one of the pages that are tried is
     */
    long expectedBytes(SurveyedColumn column, OutputPages pages) {
        Shares shares = columns.get(column.leaf().index());
        if (shares == null) {
            // Not within the map, which would keep other columns' threads waiting.
            shares = sample(column, pages);
            columns.put(column.leaf().index(), shares);
        }
        long moved = 0;
        long spliced = 0;
        for (int page = 0; page < pages.count(); page++) {
            long stored = storedBytes(column, pages.from(page), pages.to(page));
            moved += pages.isMoved(page) ? stored : 0;
            spliced += pages.isMoved(page) ? 0 : stored;
        }
        return moved + Math.round(spliced * shares.pages() + column.unionBytes() * shares.dictionary());
    }

    private static long storedBytes(SurveyedColumn column, int from, int to) {
        long stored = 0;
        for (int source = from; source < to; source++) {
            stored += column.storedLength(source);
        }
        return stored;
    }

    private static long unpackedBytes(SurveyedColumn column, int from, int to) {
        long unpacked = 0;
        for (int source = from; source < to; source++) {
            unpacked += column.uncompressedSize(source);
        }
        return unpacked;
    }

    private static int sampleEnd(SurveyedColumn column, int from, int to) {
        int end = from;
        for (long bytes = 0; end < to && bytes < PAGE_BYTES; end++) {
            bytes += column.uncompressedSize(end);
        }
        return end;
    }

    private Shares sample(SurveyedColumn column, OutputPages pages) {
        List<Integer> spliced = new ArrayList<>();
        long unpacked = 0;
        for (int page = 0; page < pages.count(); page++) {
            if (!pages.isMoved(page) && pages.spliceCost(page) <= MAX_COST) {
                spliced.add(page);
                unpacked += unpackedBytes(column, pages.from(page), pages.to(page));
            }
        }
        int tried = (int) Math.min(Math.min(MAX_PAGES, spliced.size()), Math.max(1, unpacked / SHARE / PAGE_BYTES));
        PageForm form = column.form(settings.compression());
        try (ColumnSplicer splicer = new ColumnSplicer(column, new PageRows(column), form)) {
            long before = 0;
            long after = 0;
            for (int i = 0; i < tried; i++) {
                int page = spliced.get((int) ((i + 0.5) * spliced.size() / tried));
                int end = sampleEnd(column, pages.from(page), pages.to(page));
                before += storedBytes(column, pages.from(page), end);
                after += splicer.splice(pages.from(page), end).length();
            }
            return new Shares(before == 0 ? 1 : (double) after / before, dictionaryShare(column, splicer));
        }
    }

    private static double dictionaryShare(SurveyedColumn column, ColumnSplicer splicer) {
        return column.unionBytes() == 0 || column.unionBytes() > MAX_COST
                ? 1
                : (double) splicer.dictionaryPage().length() / column.unionBytes();
    }
}
