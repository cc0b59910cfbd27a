package io.glulam.plan;

import java.util.List;

/** One row group of the output and where it comes from. */
public sealed interface OutputGroup {
    /** Returns the number of its rows. */
    long rows();

    /** Returns the compressed bytes of its sources. */
    long sourceBytes();

    /** Returns the compressed bytes expected in the output; for a merged one an estimate. */
    long expectedBytes();

    /** Returns the source's row groups that it is made of. */
    RowGroups sources();

    /**
     * A row group whose bytes stay as they are.
     *
     * @param rowGroup its position in the source's footer
     * @param reason why it is kept
     * @param rows its rows
     * @param sourceBytes its compressed bytes
     */
    record KeptGroup(int rowGroup, Reason reason, long rows, long sourceBytes) implements OutputGroup {
        public KeptGroup {
            if (rowGroup < 0 || rows < 0 || sourceBytes < 0) {
                throw new IllegalArgumentException("a row group's position, rows and bytes cannot be negative");
            }
        }

        @Override
        public long expectedBytes() {
            return sourceBytes;
        }

        @Override
        public RowGroups sources() {
            return RowGroups.range(rowGroup, rowGroup);
        }
    }

    /**
     * A row group that is written anew: put together of several, or one alone that becomes smaller.
     *
     * @param sources at least one, in the order of their rows
     * @param rows the sum of their rows
     * @param sourceBytes the sum of their compressed bytes
     * @param columns one for each leaf column, in schema order
     */
    record MergedGroup(RowGroups sources, long rows, long sourceBytes, List<ColumnPlan> columns)
            implements OutputGroup {
        public MergedGroup {
            if (sources.isEmpty() || rows < 0 || sourceBytes < 0) {
                throw new IllegalArgumentException(
                        "a merged row group needs a source, and rows and bytes cannot be negative");
            }
            columns = List.copyOf(columns);
        }

        @Override
        public long expectedBytes() {
            long sum = 0;
            for (ColumnPlan column : columns) {
                sum += column.expectedBytes();
            }
            return sum;
        }
    }
}
