package io.glulam.recode;

import io.glulam.decode.ChunkDictionary;
import io.glulam.decode.ColumnBatch;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Statistics;
import io.glulam.statistics.ValueOrder;
import org.jspecify.annotations.Nullable;

/**
 * Exact bounds and counts of values as they pass, under the column's order (specification: {@code ColumnOrder}). Where
 * both zeros are the least or the greatest value, that bound is not called exact, for readers differ in which they give. Under
 * a type-defined floating-point order NaN is never a bound, and values among which it is have none: readers to whom NaN
 * is greater than anything (DuckDB, Spark) would skip it by bounds that leave it out, and their writers leave such bounds
 * out. Under the total order NaN is a bound only where there is nothing else.
 */
final class ValueStatistics {
    private final ValueOrder order;
    private final boolean isByteArray;
    private final NumberBounds numbers;
    private final NumberBounds nans;
    private final ByteBounds bytes;
    private final long[] halves = new long[1];
    private long nanCount;
    private long nullCount;
    private long byteCount;
    /** The dictionary that values last came with, and which of its entries were seen since the last reset. */
    private @Nullable ChunkDictionary sourceEntries;

    private final SeenEntries sourceSeen = new SeenEntries();
    private final SeenEntries seen = new SeenEntries();

    ValueStatistics(Leaf leaf) {
        this.order = ValueOrder.of(leaf);
        this.isByteArray = leaf.type() == PhysicalType.BYTE_ARRAY;
        this.numbers = new NumberBounds(order.order());
        this.nans = new NumberBounds(order.order());
        this.bytes = new ByteBounds(order);
    }

    /** Whether values are bytes in an order of their bytes, so that each need be looked at only once. */
    boolean isBytewise() {
        return bytes.isOrdered();
    }

    /** Adds values of a batch. */
    void add(ColumnBatch batch, int from, int count) {
        if (count == 0) {
            return;
        }
        if (!batch.holdsBytes()) {
            addNumbers(batch.numbers(), from, count);
            return;
        }
        addLengths(batch, from, count);
        switch (order.order()) {
            case FLOAT16, FLOAT16_TOTAL -> addHalves(batch, from, count);
            case BYTES_UNSIGNED, DECIMAL_BINARY -> addBytes(batch, from, count);
            default -> {} // no order, no bounds
        }
    }

    private void addNumbers(long[] values, int from, int count) {
        if (order.isFloatingPoint()) {
            nanCount += numbers.addFloats(values, from, count, nans);
        } else {
            numbers.add(values, from, count);
        }
    }

    private void addHalves(ColumnBatch batch, int from, int count) {
        for (int i = from; i < from + count; i++) {
            int start = batch.starts()[i];
            halves[0] = batch.heap()[start] & 0xff | batch.heap()[start + 1] << 8;
            addNumbers(halves, 0, 1);
        }
    }

    private void addBytes(ColumnBatch batch, int from, int count) {
        ChunkDictionary entries = batch.dictionary();
        if (entries == null) {
            bytes.add(batch.heap(), batch.starts(), batch.lengths(), from, count);
            return;
        }
        if (entries != sourceEntries) {
            sourceEntries = entries;
            sourceSeen.clear(entries.count());
        }
        int fresh = sourceSeen.firstOf(batch.indices(), from, count);
        for (int i = 0; i < fresh; i++) {
            int entry = sourceSeen.fresh(i);
            bytes.add(entries.heap(), entries.starts()[entry], entries.lengths()[entry]);
        }
    }

    /** Adds values of a batch that have become indices into {@code entries}. */
    void add(ColumnBatch batch, int from, int count, BytesDictionary entries, int[] indices, int indicesFrom) {
        addLengths(batch, from, count);
        seen.grow(entries.size());
        int fresh = seen.firstOf(indices, indicesFrom, count);
        for (int i = 0; i < fresh; i++) {
            entries.addTo(bytes, seen.fresh(i));
        }
    }

    private void addLengths(ColumnBatch batch, int from, int count) {
        if (isByteArray) {
            int[] lengths = batch.lengths();
            for (int i = from; i < from + count; i++) {
                byteCount += lengths[i];
            }
        }
    }

    void addNulls(long count) {
        nullCount += count;
    }

    void addAll(ValueStatistics part) {
        numbers.addAll(part.numbers);
        nans.addAll(part.nans);
        bytes.addAll(part.bytes);
        nanCount += part.nanCount;
        nullCount += part.nullCount;
        byteCount += part.byteCount;
    }

    void reset() {
        numbers.reset();
        nans.reset();
        bytes.reset();
        nanCount = 0;
        nullCount = 0;
        byteCount = 0;
        sourceSeen.reset();
        seen.reset();
    }

    /** Bytes of BYTE_ARRAY values without their lengths; -1 for other types. */
    long unencodedBytes() {
        return isByteArray ? byteCount : -1;
    }

    /** Those of the nulls added here. */
    Statistics toStatistics() {
        return toStatistics(nullCount);
    }

    /**
     * Bounds of the values that are no NaN, where NaNs keep them out of {@link #toStatistics}; null otherwise. No reader
     * may skip by them, but the bounds of others can be held against them.
     */
    @Nullable
    Statistics besideNaN() {
        if (order.isTotal() || nanCount == 0 || numbers.isEmpty()) {
            return null;
        }
        return new Statistics(null, null, -1, -1, numbers.max(), numbers.min(), null, null, nanCount);
    }

    Statistics toStatistics(long nulls) {
        long nanCountWhereDeclared = order.isTotal() ? nanCount : -1;
        NumberBounds bounds = order.isTotal() && numbers.isEmpty() ? nans : numbers;
        boolean bounded = order.isTotal() || nanCount == 0;
        if (bounded && !bounds.isEmpty()) {
            // Zeros keep their signs: changed, as page indexes want it, they would not be exact.
            return new Statistics(
                    null,
                    null,
                    nulls,
                    -1,
                    bounds.max(),
                    bounds.min(),
                    bounds.isMaxExact(),
                    bounds.isMinExact(),
                    nanCountWhereDeclared);
        }
        if (!bytes.isEmpty()) {
            return new Statistics(null, null, nulls, -1, bytes.max(), bytes.min(), true, true, nanCountWhereDeclared);
        }
        return new Statistics(null, null, nulls, -1, null, null, null, null, nanCountWhereDeclared);
    }
}
