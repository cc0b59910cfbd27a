package io.glulam.schema;

import io.glulam.shape.MadeColumn;

/**
 * How a file provides a leaf column of an output with another schema. Level maps give, for each definition level in the
 * file, the level that means the same in the output. Immutable; arrays are shared and must not be changed.
 */
public sealed interface ColumnFit {
    /**
     * The number of the file's leaf column that is read.
     *
     * @return for a missing column, the one whose levels it follows
     */
    int column();

    /** Whether the output's values come from the file. */
    default boolean hasValues() {
        return true;
    }

    /** The column's pages as they are. */
    record AsIs(int column) implements ColumnFit {}

    /**
     * The column's values as they are, with other definition levels.
     *
     * @param levels of each definition level in the file, that in the output
     */
    @SuppressWarnings("ArrayRecordComponent")
    record OtherLevels(int column, int[] levels) implements ColumnFit {}

    /**
     * The column's values in a wider type: that of the output's column.
     *
     * @param levels of each definition level in the file, that in the output
     * @param factor by which whole numbers are multiplied: units of a timestamp in a day where dates become timestamps; else 1
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Wider(int column, int[] levels, long factor) implements ColumnFit {
        public Wider(int column, int[] levels) {
            this(column, levels, 1);
        }
    }

    /**
     * Nulls. Where the group around the column exists, one null for each of its instances, as another column below that
     * group tells.
     *
     * @param column another leaf column below the same group
     * @param maxRepetitionLevel of the group: entries of {@code column} with higher repetition levels belong to an instance
     *     that has begun
     * @param levels of each definition level of {@code column}, that of the null in the output
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Missing(int column, int maxRepetitionLevel, int[] levels) implements ColumnFit {
        @Override
        public boolean hasValues() {
            return false;
        }
    }

    /**
     * Values that were given for the file. Where the group around the column exists, one value for each of its instances,
     * as another column below that group tells.
     *
     * @param column another leaf column below the same group
     * @param maxRepetitionLevel as of {@link Missing}
     * @param levels of each definition level of {@code column}, that of the value in the output, or of the null where the
     *     group does not exist
     * @param values what they are
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Made(int column, int maxRepetitionLevel, int[] levels, MadeColumn.Values values) implements ColumnFit {
        @Override
        public boolean hasValues() {
            return false;
        }
    }

    /**
     * The values of a column of the root, and in the place of its nulls values that were given.
     *
     * @param levels of each definition level in the file, that in the output
     * @param values in the place of nulls
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Filled(int column, int[] levels, MadeColumn.Values values) implements ColumnFit {
        /** Returns how the file provides the column where it has no nulls. */
        public ColumnFit unfilled() {
            return Levels.fit(column, levels);
        }
    }
}
