package io.glulam.recode;

import io.glulam.decode.ByteSlice;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Statistics;
import io.glulam.statistics.ValueOrder;

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
    private long nanCount;
    private long nullCount;
    private long byteCount;

    ValueStatistics(Leaf leaf) {
        this.order = ValueOrder.of(leaf);
        this.isByteArray = leaf.type() == PhysicalType.BYTE_ARRAY;
        this.numbers = new NumberBounds(order.order());
        this.nans = new NumberBounds(order.order());
        this.bytes = new ByteBounds(order);
    }

    void add(long bits) {
        if (numbers.isNaN(bits)) {
            nanCount++;
            nans.add(bits);
        } else {
            numbers.add(bits);
        }
    }

    void add(ByteSlice value) {
        if (isByteArray) {
            byteCount += value.length();
        }
        switch (order.order()) {
            case FLOAT16, FLOAT16_TOTAL -> add(NumberBounds.half(value));
            case BYTES_UNSIGNED, DECIMAL_BINARY -> bytes.add(value);
            default -> {} // no order, no bounds
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
