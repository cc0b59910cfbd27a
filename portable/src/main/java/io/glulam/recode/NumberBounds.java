package io.glulam.recode;

import io.glulam.format.SortOrder;

/** Least and greatest of values of at most 64 bits, compared through signed integers of the same order. */
final class NumberBounds {
    private final SortOrder order;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private boolean empty = true;
    private boolean plusZero;
    private boolean minusZero;

    NumberBounds(SortOrder order) {
        this.order = order;
    }

    /** Adds values of an order without NaNs. */
    void add(long[] values, int from, int count) {
        if (order == SortOrder.NONE || count == 0) {
            return;
        }
        long flip = order == SortOrder.INT64_UNSIGNED ? Long.MIN_VALUE : 0;
        long mask = order == SortOrder.INT32_UNSIGNED ? 0xffff_ffffL : -1L;
        long least = min;
        long greatest = max;
        for (int i = from; i < from + count; i++) {
            long key = (values[i] ^ flip) & mask;
            least = Math.min(least, key);
            greatest = Math.max(greatest, key);
        }
        min = least;
        max = greatest;
        empty = false;
    }

    /**
     * Adds floating-point values, NaNs to {@code nans}.
     *
     * @return how many NaNs there were
     */
    int addFloats(long[] values, int from, int count, NumberBounds nans) {
        long magnitude = magnitudeMask();
        long infinity = infinity();
        long minus = minusZero();
        boolean plusSeen = plusZero;
        boolean minusSeen = minusZero;
        long least = min;
        long greatest = max;
        int found = 0;
        for (int i = from; i < from + count; i++) {
            long bits = values[i];
            if ((bits & magnitude) > infinity) {
                found++;
                nans.addKey(floatKey(bits));
                continue;
            }
            plusSeen |= bits == 0;
            minusSeen |= bits == minus;
            long key = floatKey(bits);
            least = Math.min(least, key);
            greatest = Math.max(greatest, key);
        }
        min = least;
        max = greatest;
        plusZero = plusSeen;
        minusZero = minusSeen;
        empty &= found == count;
        return found;
    }

    private long magnitudeMask() {
        return switch (order) {
            case FLOAT, FLOAT_TOTAL -> 0x7fff_ffff;
            case DOUBLE, DOUBLE_TOTAL -> Long.MAX_VALUE;
            default -> 0x7fff;
        };
    }

    private long infinity() {
        return switch (order) {
            case FLOAT, FLOAT_TOTAL -> 0x7f80_0000;
            case DOUBLE, DOUBLE_TOTAL -> 0x7ff0_0000_0000_0000L;
            default -> 0x7c00;
        };
    }

    private long minusZero() {
        return switch (order) {
            case FLOAT, FLOAT_TOTAL -> Integer.MIN_VALUE;
            case DOUBLE, DOUBLE_TOTAL -> Long.MIN_VALUE;
            default -> Short.MIN_VALUE;
        };
    }

    private boolean distinguishesZeros() {
        return switch (order) {
            case FLOAT, DOUBLE, FLOAT16 -> false;
            default -> true;
        };
    }

    /** Its own inverse, but for the upper part of 32 and 16 bits, which {@link #bytes} leaves out. */
    private static long floatKey(long bits) {
        return bits ^ (bits >> 63) >>> 1;
    }

    private void addKey(long key) {
        min = Math.min(min, key);
        max = Math.max(max, key);
        empty = false;
    }

    void addAll(NumberBounds part) {
        if (!part.empty) {
            min = Math.min(min, part.min);
            max = Math.max(max, part.max);
            empty = false;
            plusZero |= part.plusZero;
            minusZero |= part.minusZero;
        }
    }

    boolean isEmpty() {
        return empty;
    }

    void reset() {
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
        empty = true;
        plusZero = false;
        minusZero = false;
    }

    /** False where values of both zeros are the least, of which the order prefers none: {@link #min} is −0 then. */
    boolean isMinExact() {
        return distinguishesZeros() || !plusZero || min != floatKey(minusZero());
    }

    /** False where values of both zeros are the greatest: {@link #max} is +0 then. */
    boolean isMaxExact() {
        return distinguishesZeros() || !minusZero || max != 0;
    }

    byte[] min() {
        return bytes(bits(min));
    }

    byte[] max() {
        return bytes(bits(max));
    }

    private long bits(long key) {
        return switch (order) {
            case INT64_UNSIGNED -> key ^ Long.MIN_VALUE;
            case FLOAT, FLOAT_TOTAL, DOUBLE, DOUBLE_TOTAL, FLOAT16, FLOAT16_TOTAL -> floatKey(key);
            default -> key;
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
