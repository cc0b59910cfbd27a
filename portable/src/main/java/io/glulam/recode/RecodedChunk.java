package io.glulam.recode;

import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * The totals of a recoded chunk.
 *
 * @param valueCount nulls included
 * @param rowCount rows
 * @param statistics exact, under the column's order; without bounds where NaN has no place in it and is among the values
 * @param besideNaN exact bounds of the values that are no NaN, where {@code statistics} has none because of NaNs; null
 *     otherwise
 * @param sizeStatistics histograms empty where the column has only one level
 */
public record RecodedChunk(
        long valueCount,
        long rowCount,
        Statistics statistics,
        @Nullable Statistics besideNaN,
        SizeStatistics sizeStatistics) {}
