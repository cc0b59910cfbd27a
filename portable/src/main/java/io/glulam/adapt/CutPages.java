package io.glulam.adapt;

/**
 * Counts of the data pages of column chunks in which rows are deleted.
 *
 * @param moved as they were
 * @param cut written anew without the deleted rows
 * @param dropped of which all rows are deleted
 */
public record CutPages(long moved, long cut, long dropped) {
    /** No page. */
    public static final CutPages NONE = new CutPages(0, 0, 0);

    public CutPages plus(CutPages more) {
        return new CutPages(moved + more.moved, cut + more.cut, dropped + more.dropped);
    }
}
