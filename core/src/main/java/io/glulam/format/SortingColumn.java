package io.glulam.format;

/**
 * The specification's {@code SortingColumn}: one column that a row group's rows are sorted by.
 *
 * @param column position among the leaves, from 0
 * @param descending whether larger values come first
 * @param nullsFirst whether nulls come before values
 */
public record SortingColumn(int column, boolean descending, boolean nullsFirst) {}
