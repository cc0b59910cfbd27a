package io.glulam.recode;

import io.glulam.decode.ByteSlice;
import io.glulam.format.SortOrder;
import io.glulam.statistics.ValueOrder;
import java.util.Arrays;

/** Least and greatest of byte strings under an order; copies a value only where it is a new bound. */
final class ByteBounds {
    private final ValueOrder order;
    private byte[] min = {};
    private byte[] max = {};
    private boolean empty = true;
    private boolean unordered;

    ByteBounds(ValueOrder order) {
        this.order = order;
    }

    void add(ByteSlice value) {
        if (order.order() == SortOrder.BYTES_UNSIGNED && !empty) {
            if (compare(value, min) < 0) {
                min = value.toByteArray();
            } else if (compare(value, max) > 0) {
                max = value.toByteArray();
            }
            return;
        }
        add(value.toByteArray());
    }

    private static int compare(ByteSlice value, byte[] bound) {
        int from = value.from();
        return Arrays.compareUnsigned(value.array(), from, from + value.length(), bound, 0, bound.length);
    }

    private void add(byte[] value) {
        if (!order.isValue(value)) {
            // An empty decimal, say: no place in the order, so nothing can be said of the whole.
            unordered = true;
            return;
        }
        if (empty || order.compare(value, min) < 0) {
            min = value;
        }
        if (empty || order.compare(value, max) > 0) {
            max = value;
        }
        empty = false;
    }

    void addAll(ByteBounds part) {
        unordered |= part.unordered;
        if (!part.empty) {
            add(part.min);
            add(part.max);
        }
    }

    boolean isEmpty() {
        return empty || unordered;
    }

    void reset() {
        empty = true;
        unordered = false;
    }

    byte[] min() {
        return min;
    }

    byte[] max() {
        return max;
    }
}
