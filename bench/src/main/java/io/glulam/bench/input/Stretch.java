package io.glulam.bench.input;

/**
 * A part of a file that was written by one writer in one go.
 *
 * @param perMille how much of the table's rows it holds
 * @param rows of each of its row groups; DuckDB rounds up to a multiple of 2,048
 */
record Stretch(int perMille, int rows) {}
