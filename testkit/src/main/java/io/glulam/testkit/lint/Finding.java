package io.glulam.testkit.lint;

/**
 * Something wrong with a file.
 *
 * @param rowGroup number of the row group, or -1 if it concerns the whole file
 * @param column number of the leaf column, or -1 if it concerns the whole row group or file
 */
public record Finding(Severity severity, int rowGroup, int column, String message) {
    @Override
    public String toString() {
        String place = rowGroup < 0 ? "file" : "row group " + rowGroup + (column < 0 ? "" : " column " + column);
        return severity + " " + place + ": " + message;
    }
}
