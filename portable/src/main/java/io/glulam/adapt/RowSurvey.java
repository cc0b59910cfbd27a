package io.glulam.adapt;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import java.util.Arrays;
import java.util.BitSet;

/** Which rows the data pages of a column chunk hold, in order, and what becomes of each page. Not thread-safe. */
final class RowSurvey {
    private final BitSet deleted;
    private final long rowGroupRows;
    private long[] firstRows = new long[16];
    private final BitSet within = new BitSet();
    private int pages;
    private long rows;

    /** The treatment of a page. */
    enum Fate {
        /** None of its rows is deleted. */
        MOVED,
        CUT,
        /** All of its rows are deleted. */
        DROPPED
    }

    /**
     * @param deleted rows of the row group
     * @param rowGroupRows rows of the row group
     */
    RowSurvey(BitSet deleted, long rowGroupRows) {
        this.deleted = deleted;
        this.rowGroupRows = rowGroupRows;
    }

    /**
     * Adds the next page and returns its fate.
     *
     * @param begun rows that begin in it
     * @param startsRow whether its first triplet begins a row
     * @param position of the page, for messages
     * @throws CorruptFile if the chunk begins within a row, or has more rows than the row group
     */
    Fate add(int begun, boolean startsRow, long position) {
        if (!startsRow && rows == 0 || rows + begun > rowGroupRows) {
            throw new CorruptFile(
                    Place.at(position), "a column chunk with other rows than the row group, of " + rowGroupRows);
        }
        if (pages + 1 >= firstRows.length) {
            firstRows = Arrays.copyOf(firstRows, firstRows.length * 2);
        }
        within.set(pages, !startsRow);
        rows += begun;
        firstRows[++pages] = rows;
        return fate(pages - 1);
    }

    /** @throws CorruptFile if the pages have fewer rows than the row group */
    void requireAll() {
        if (rows != rowGroupRows) {
            throw new CorruptFile(
                    Place.UNKNOWN, "a column chunk of " + rows + " rows in a row group of " + rowGroupRows);
        }
    }

    Fate fate(int page) {
        int first = (int) firstRows[page] - (within.get(page) ? 1 : 0);
        int end = (int) firstRows[page + 1];
        int next = deleted.nextSetBit(first);
        if (next < 0 || next >= end) {
            return Fate.MOVED;
        }
        return deleted.nextClearBit(first) >= end ? Fate.DROPPED : Fate.CUT;
    }

    /** Rows that begin in a page. */
    int begun(int page) {
        return (int) (firstRows[page + 1] - firstRows[page]);
    }

    /** Rows that begin before a page. */
    long rowsBefore(int page) {
        return firstRows[page];
    }

    boolean startsRow(int page) {
        return !within.get(page);
    }
}
