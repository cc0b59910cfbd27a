package io.glulam.recode;

import io.glulam.decode.ByteSlice;
import io.glulam.format.SortOrder;

/** Least and greatest of values of at most 64 bits, compared through signed integers of the same order. */
final class NumberBounds {
    private final SortOrder order;
    private long min;
    private long max;
    private boolean empty = true;

    NumberBounds(SortOrder order) {
        this.order = order;
    }

    /** The two bytes of a FLOAT16, sign-extended. */
    static long half(ByteSlice value) {
        return value.array()[value.from()] & 0xff | value.array()[value.from() + 1] << 8;
    }

    boolean isNaN(long bits) {
        return switch (order) {
            case FLOAT, FLOAT_TOTAL -> (bits & 0x7fff_ffff) > 0x7f80_0000;
            case DOUBLE, DOUBLE_TOTAL -> (bits & Long.MAX_VALUE) > 0x7ff0_0000_0000_0000L;
            case FLOAT16, FLOAT16_TOTAL -> (bits & 0x7fff) > 0x7c00;
            default -> false;
        };
    }

    void add(long bits) {
        if (order == SortOrder.NONE) {
            return;
        }
        long key = key(bits);
        min = empty ? key : Math.min(min, key);
        max = empty ? key : Math.max(max, key);
        empty = false;
    }

    void addAll(NumberBounds part) {
        if (!part.empty) {
            min = empty ? part.min : Math.min(min, part.min);
            max = empty ? part.max : Math.max(max, part.max);
            empty = false;
        }
    }

    boolean isEmpty() {
        return empty;
    }

    void reset() {
        empty = true;
    }

    byte[] min() {
        return bytes(key(min));
    }

    byte[] max() {
        return bytes(key(max));
    }

    /** Its own inverse, but for the upper half of 32 and 16 bits, which {@link #bytes} leaves out. */
    private long key(long bits) {
        return switch (order) {
            case INT32_UNSIGNED -> bits & 0xffff_ffffL;
            case INT64_UNSIGNED -> bits ^ Long.MIN_VALUE;
            case FLOAT, FLOAT_TOTAL, DOUBLE, DOUBLE_TOTAL, FLOAT16, FLOAT16_TOTAL -> bits ^ (bits >> 63) >>> 1;
            default -> bits;
        };
    }

    private byte[] bytes(long bits) {
        byte[] bytes = new byte[width()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bits >>> (i << 3));
        }
        return bytes;
    }

    private int width() {
        return switch (order) {
            case BOOLEAN -> 1;
            case FLOAT16, FLOAT16_TOTAL -> 2;
            case INT32_SIGNED, INT32_UNSIGNED, FLOAT, FLOAT_TOTAL -> 4;
            default -> 8;
        };
    }
}
