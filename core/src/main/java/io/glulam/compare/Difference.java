package io.glulam.compare;

import org.jspecify.annotations.Nullable;

/**
 * The first thing in which two files differ.
 *
 * @param column the leaf column's dotted path; null if the difference is not one of a column
 * @param row index of the row in the file, from 0; -1 if the difference is not one of a row
 * @param left what the first file holds there, for people
 * @param right what the second file holds there
 */
public record Difference(@Nullable String column, long row, String left, String right) {
    static Difference of(String left, String right) {
        return new Difference(null, -1, left, right);
    }

    /** Returns one line: where, what the first file holds, what the second. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (column != null) {
            text.append("column ").append(column).append(row >= 0 ? ", " : ": ");
        }
        if (row >= 0) {
            text.append("row ").append(row).append(": ");
        }
        return text.append(left).append(" ≠ ").append(right).toString();
    }
}
