package io.glulam.staging;

/**
 * Values of a column chunk that are read for a sample.
 *
 * @param chunk where the column chunk begins in the object
 * @param from the first of the values, counted from the chunk's first one
 * @param to one past the last
 */
public record SampledValues(long chunk, long from, long to) {}
