package io.glulam.recode;

import io.glulam.decode.BatchReader;
import io.glulam.decode.ColumnBatch;
import io.glulam.format.Leaf;
import io.glulam.format.Statistics;

/** Counts the statistics of column chunks from their decoded values. */
public final class CountedStatistics {
    private CountedStatistics() {}

    /**
     * Returns bounds under the column's order, and the nulls of all levels. Bounds leave NaN out where the order does. There are
     * none where there is no other value, or where the column has no order.
     *
     * @param values of one column chunk, read to their end
     */
    public static Statistics of(Leaf leaf, BatchReader values) {
        ValueStatistics counted = new ValueStatistics(leaf);
        ColumnBatch batch = new ColumnBatch(leaf);
        while (values.next(batch)) {
            counted.add(batch, 0, batch.valueCount());
            counted.addNulls(batch.count() - batch.valueCount());
        }
        Statistics told = counted.toStatistics();
        Statistics besideNaN = counted.besideNaN();
        return besideNaN == null ? told : told.withBoundsOf(besideNaN);
    }
}
