package io.glulam.statistics;

import org.jspecify.annotations.Nullable;

/**
 * The facts of one data page for the column index. Arrays are shared, not copied: no caller changes them.
 *
 * @param valueCount values, nulls included; at least 1
 * @param nullCount negative if unknown
 * @param nanCount negative if unknown or not floating point
 * @param allNull whether it holds only nulls; null if unknown
 * @param min a lower bound of its values under the column's order, perhaps of a whole chunk's; null if there is none
 * @param max an upper bound; likewise
 * @param repetitionLevels values per repetition level; empty if unknown
 * @param definitionLevels values per definition level; empty if unknown
 */
@SuppressWarnings("ArrayRecordComponent")
public record PageSummary(
        long valueCount,
        long nullCount,
        long nanCount,
        @Nullable Boolean allNull,
        byte @Nullable [] min,
        byte @Nullable [] max,
        long[] repetitionLevels,
        long[] definitionLevels) {}
