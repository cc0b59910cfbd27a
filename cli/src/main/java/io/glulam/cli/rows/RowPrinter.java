package io.glulam.cli.rows;

import org.jspecify.annotations.Nullable;

/** Prints rows one after the other. Not thread-safe. */
public sealed interface RowPrinter permits CsvRows, JsonRows, TableRows {
    /** Prints a row, or keeps it for the end. */
    void print(@Nullable Object[] row);

    /** Prints what was kept. */
    void finish();
}
