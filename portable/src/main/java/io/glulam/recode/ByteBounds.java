package io.glulam.recode;

import io.glulam.format.LittleEndian;
import io.glulam.format.SortOrder;
import io.glulam.format.UnsignedBytes;
import io.glulam.statistics.ValueOrder;
import java.util.Arrays;

/**
 * Least and greatest of byte strings under an order. Nearly every value is seen to lie between them by its first eight
 * bytes; a value is copied only where it is a new bound.
 */
final class ByteBounds {
    private final ValueOrder order;
    private final boolean bytewise;
    private byte[] min = {};
    private byte[] max = {};
    private long minKey;
    private long maxKey;
    private boolean empty = true;
    private boolean unordered;

    ByteBounds(ValueOrder order) {
        this.order = order;
        this.bytewise = order.order() == SortOrder.BYTES_UNSIGNED;
    }

    /** Adds {@code count} values, from one on. */
    void add(byte[] heap, int[] starts, int[] lengths, int from, int count) {
        int safe = heap.length - Long.BYTES;
        for (int i = from; i < from + count; i++) {
            int start = starts[i];
            if (bytewise && !empty && start <= safe && lengths[i] >= Long.BYTES) {
                long key = bigEndian(heap, start) ^ Long.MIN_VALUE;
                if (key > minKey && key < maxKey) {
                    continue;
                }
            }
            add(heap, start, lengths[i]);
        }
    }

    /** Adds {@code heap[from, from + length)}. */
    void add(byte[] heap, int from, int length) {
        if (!empty) {
            // Decimals of one length are in the order of their bytes, but for the sign.
            if (bytewise || length == min.length && length == max.length) {
                long key = key(heap, from, length);
                if (key > minKey && key < maxKey) {
                    return;
                }
                if (length <= Long.BYTES
                        && (key == minKey && length == min.length || key == maxKey && length == max.length)) {
                    return;
                }
            }
            if (bytewise) {
                addBytewise(heap, from, length);
                return;
            }
        }
        addAny(Arrays.copyOfRange(heap, from, from + length));
    }

    private void addBytewise(byte[] heap, int from, int length) {
        if (UnsignedBytes.compare(heap, from, length, min, 0, min.length) < 0) {
            setMin(Arrays.copyOfRange(heap, from, from + length));
        } else if (UnsignedBytes.compare(heap, from, length, max, 0, max.length) > 0) {
            setMax(Arrays.copyOfRange(heap, from, from + length));
        }
    }

    private void addAny(byte[] value) {
        if (!order.isValue(value)) {
            // An empty decimal, say: no place in the order, so nothing can be said of the whole.
            unordered = true;
            return;
        }
        if (empty || order.compare(value, min) < 0) {
            setMin(value);
        }
        if (empty || order.compare(value, max) > 0) {
            setMax(value);
        }
        empty = false;
    }

    private void setMin(byte[] value) {
        min = value;
        minKey = key(value, 0, value.length);
    }

    private void setMax(byte[] value) {
        max = value;
        maxKey = key(value, 0, value.length);
    }

    /**
     * The first eight bytes, missing ones as zero, as a signed number of the same order: if the keys of two values
     * differ, the values are in the order of their keys.
     */
    private long key(byte[] bytes, int from, int length) {
        long prefix;
        if (from + Long.BYTES <= bytes.length) {
            prefix = bigEndian(bytes, from);
            if (length < Long.BYTES) {
                prefix = length == 0 ? 0 : prefix & -1L << (Long.BYTES - length << 3);
            }
        } else {
            prefix = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                prefix = prefix << 8 | (i < length ? bytes[from + i] & 0xff : 0);
            }
        }
        return bytewise ? prefix ^ Long.MIN_VALUE : prefix;
    }

    void addAll(ByteBounds part) {
        unordered |= part.unordered;
        if (!part.empty) {
            addAny(part.min);
            addAny(part.max);
        }
    }

    /** Whether there is an order, and so bounds. */
    boolean isOrdered() {
        return bytewise || order.order() == SortOrder.DECIMAL_BINARY;
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

    private static long bigEndian(byte[] bytes, int from) {
        return Long.reverseBytes(LittleEndian.getLong(bytes, from));
    }
}
