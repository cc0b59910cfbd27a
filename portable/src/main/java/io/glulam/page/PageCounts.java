package io.glulam.page;

/**
 * What a page holds, counted.
 *
 * @param values nulls included, or entries of a dictionary; 0 for an index page
 * @param rows that begin in it; -1 if unknown, as by a header of version 1
 * @param nulls -1 if unknown, as by a header of version 1
 */
public record PageCounts(int values, int rows, int nulls) {
    /** Returns the counts of a page of which only the number of values is known. */
    public static PageCounts ofValues(int values) {
        return new PageCounts(values, -1, -1);
    }
}
