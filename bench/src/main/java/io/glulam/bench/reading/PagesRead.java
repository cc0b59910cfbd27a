package io.glulam.bench.reading;

/**
 * What a reader read of a file.
 *
 * @param rows of the row groups and pages read
 * @param pages data pages of all columns
 */
record PagesRead(long rows, long pages) {
    static final PagesRead NONE = new PagesRead(0, 0);

    PagesRead plus(long moreRows, long morePages) {
        return new PagesRead(rows + moreRows, pages + morePages);
    }
}
