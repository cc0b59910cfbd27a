package io.glulam.recode;

import io.glulam.decode.ChunkDictionary;
import io.glulam.decode.ColumnBatch;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Statistics;
import io.glulam.statistics.ValueOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Exact bounds and counts of values as they pass, under the column's order (specification: {@code ColumnOrder}). Under
 * a type-defined floating-point order NaN is never a bound; under the total order only where there is nothing else.
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
    /** The dictionary that values last came with, and in which {@link #round} each entry was last seen. */
    private @Nullable ChunkDictionary dictionary;

    private int[] seen = {};
    private int round = 1;

    ValueStatistics(Leaf leaf) {
        this.order = ValueOrder.of(leaf);
        this.isByteArray = leaf.type() == PhysicalType.BYTE_ARRAY;
        this.numbers = new NumberBounds(order.order());
        this.nans = new NumberBounds(order.order());
        this.bytes = new ByteBounds(order);
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
        if (isByteArray) {
            int[] lengths = batch.lengths();
            for (int i = from; i < from + count; i++) {
                byteCount += lengths[i];
            }
        }
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
        byte[] heap = batch.heap();
        int[] starts = batch.starts();
        int[] lengths = batch.lengths();
        ChunkDictionary entries = batch.dictionary();
        if (entries == null) {
            for (int i = from; i < from + count; i++) {
                bytes.add(heap, starts[i], lengths[i]);
            }
            return;
        }
        int[] rounds = seenOf(entries);
        int[] indices = batch.indices();
        for (int i = from; i < from + count; i++) {
            if (rounds[indices[i]] != round) {
                rounds[indices[i]] = round;
                bytes.add(heap, starts[i], lengths[i]);
            }
        }
    }

    private int[] seenOf(ChunkDictionary entries) {
        if (entries != dictionary) {
            dictionary = entries;
            if (seen.length < entries.count()) {
                seen = new int[entries.count()];
            } else {
                Arrays.fill(seen, 0, entries.count(), 0);
            }
        }
        return seen;
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
        round++;
    }

    /** Bytes of BYTE_ARRAY values without their lengths; -1 for other types. */
    long unencodedBytes() {
        return isByteArray ? byteCount : -1;
    }

    /** Those of the nulls added here. */
    Statistics toStatistics() {
        return toStatistics(nullCount);
    }

    Statistics toStatistics(long nulls) {
        long nanCountWhereDeclared = order.isTotal() ? nanCount : -1;
        NumberBounds bounds = order.isTotal() && numbers.isEmpty() ? nans : numbers;
        if (!bounds.isEmpty()) {
            byte[] min = order.asLower(bounds.min());
            byte[] max = order.asUpper(bounds.max());
            return new Statistics(null, null, nulls, -1, max, min, true, true, nanCountWhereDeclared);
        }
        if (!bytes.isEmpty()) {
            return new Statistics(null, null, nulls, -1, bytes.max(), bytes.min(), true, true, nanCountWhereDeclared);
        }
        return new Statistics(null, null, nulls, -1, null, null, null, null, nanCountWhereDeclared);
    }
}
