package io.glulam.tables;

/** How a compaction of a table ends. */
public enum Outcome {
    /** Files are merged. */
    COMPACTED("compacted"),
    /** The table has no data file, or no snapshot. */
    EMPTY_TABLE("the table holds no data file"),
    /** The filter selects no file. */
    NOTHING_SELECTED("the filter selects no data file"),
    /** All files are healthy, or have no partner. */
    NOTHING_TO_DO("the table has nothing to merge"),
    /** There are small files, but all of them are left for a reason that the report names. */
    ALL_LEFT("all files that are too small are left; the reasons follow");

    private final String sentence;

    Outcome(String sentence) {
        this.sentence = sentence;
    }

    /** Returns the outcome as a clause for people. */
    public String sentence() {
        return sentence;
    }
}
