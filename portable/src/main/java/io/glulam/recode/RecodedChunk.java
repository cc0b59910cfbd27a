package io.glulam.recode;

import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;

/**
 * What a recoded chunk holds as a whole.
 *
 * @param valueCount nulls included
 * @param rowCount rows
 * @param statistics exact, under the column's order; without bounds where NaN has no place in it and is among the values
 * @param sizeStatistics histograms empty where the column has only one level
 */
public record RecodedChunk(long valueCount, long rowCount, Statistics statistics, SizeStatistics sizeStatistics) {}
