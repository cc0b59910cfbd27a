package io.glulam.schema;

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
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Wider(int column, int[] levels) implements ColumnFit {}

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
    record Missing(int column, int maxRepetitionLevel, int[] levels) implements ColumnFit {}
}
