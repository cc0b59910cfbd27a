package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.source.FragmentChunk;
import java.util.Arrays;

/**
 * How many rows begin in each source page of a surveyed column that is repeated, as counted from its repetition levels:
 * what page headers, page indexes and row groups say of it is held against this. Several threads may set pages, each its
 * own; who reads has waited for them.
 */
public final class PageRows {
    private static final int NOT_COUNTED = Integer.MIN_VALUE;

    private final SurveyedColumn column;
    /** The complement where a page begins within a row. */
    private final int[] rows;

    /** Nothing is counted yet. */
    public PageRows(SurveyedColumn column) {
        this.column = column;
        this.rows = new int[column.leaf().maxRepetitionLevel() > 0 ? column.pageCount() : 0];
        Arrays.fill(rows, NOT_COUNTED);
    }

    /**
     * Sets what was counted of a page.
     *
     * @param startsRow whether its first value begins a row
     */
    void set(int page, int count, boolean startsRow) {
        if (rows.length > 0) {
            rows[page] = startsRow ? count : ~count;
        }
    }

    /** Returns whether the rows of all pages are counted. */
    public boolean areCounted() {
        return Arrays.stream(rows).noneMatch(count -> count == NOT_COUNTED);
    }

    /** Returns the rows of a page that was counted; −1 if it begins within a row. */
    public int of(int page) {
        int count = rows.length == 0 ? column.valueCount(page) : rows[page];
        if (count == NOT_COUNTED) {
            throw new IllegalStateException("the rows of page " + page + " are not counted");
        }
        return Math.max(-1, count);
    }

    /** Returns the rows that begin in a page that was counted, whether or not its first value begins one. */
    public int begunIn(int page) {
        int begun = of(page);
        return begun < 0 ? ~rows[page] : begun;
    }

    /**
     * Holds the rows of all pages against the row groups that they come from. A column that is not repeated has as many
     * rows as values, which the survey has seen to.
     *
     * @throws CorruptFile if a column chunk begins within a row, or holds other than the rows of its row group: merged,
     *     its values would slide into other rows
     */
    public void requireRowsOfRowGroups() {
        int page = 0;
        while (page < rows.length) {
            FragmentChunk fragment = column.fragmentOf(page);
            if (of(page) < 0) {
                throw corrupt(fragment, "a column chunk that begins within a row");
            }
            long sum = 0;
            int first = page;
            while (page < rows.length
                    && column.pages().fragment(page) == column.pages().fragment(first)) {
                sum += rows[page] < 0 ? ~rows[page] : rows[page];
                page++;
            }
            if (sum != fragment.rows()) {
                throw corrupt(fragment, "a column chunk of " + sum + " rows in a row group of " + fragment.rows());
            }
        }
    }

    private CorruptFile corrupt(FragmentChunk fragment, String problem) {
        return new CorruptFile(
                new Place(
                        fragment.file().name(),
                        fragment.rowGroup(),
                        column.leaf().name(),
                        -1),
                problem);
    }
}
