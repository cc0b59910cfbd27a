package io.glulam.format;

/**
 * One entry of a row group's {@code sorting_columns}: a claim of the writer.
 *
 * @param leaf position among the schema's leaves
 * @param descending whether values fall
 * @param nullsFirst whether nulls come before values
 */
public record SortingColumn(int leaf, boolean descending, boolean nullsFirst) {}
