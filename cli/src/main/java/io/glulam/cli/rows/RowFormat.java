package io.glulam.cli.rows;

/** How rows are printed. */
public enum RowFormat {
    /** Aligned columns, cut to the width of the terminal. */
    TABLE,
    /** A JSON object a row, on a line of its own. */
    JSON,
    /** A line of names, then a line a row (RFC 4180); nested values as JSON. */
    CSV,
    /** A stream of Apache Arrow's IPC format, for other programs. */
    ARROW
}
