package io.glulam.splice;

import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.format.UnsignedBytes;
import io.glulam.statistics.ValueOrder;
import java.util.Arrays;

/**
 * A least and a greatest value that PLAIN entries of a dictionary are held against. The bounds are decoded once, since a
 * merge holds every entry of every fragment against them. Immutable.
 */
final class EntryRange {
    private enum Form {
        INTEGER,
        NUMBER,
        BYTES,
        OTHER
    }

    private final ValueOrder order;
    private final Form form;
    private final int width;
    private final byte[] min;
    private final byte[] max;
    /** Makes unsigned integers compare as signed ones do. */
    private final long flip;

    private final long least;
    private final long greatest;
    private final double leastNumber;
    private final double greatestNumber;

    /** @param min and {@code max} are bounds of the column's order */
    EntryRange(Leaf leaf, byte[] min, byte[] max) {
        this.order = ValueOrder.of(leaf);
        this.form = form(leaf);
        this.width = leaf.valueWidth();
        this.min = min;
        this.max = max;
        this.flip = switch (leaf.order()) {
            case INT32_UNSIGNED -> Integer.MIN_VALUE;
            case INT64_UNSIGNED -> Long.MIN_VALUE;
            default -> 0;
        };
        this.least = form == Form.INTEGER ? integer(min, 0) : 0;
        this.greatest = form == Form.INTEGER ? integer(max, 0) : 0;
        this.leastNumber = form == Form.NUMBER ? number(min, 0) : 0;
        this.greatestNumber = form == Form.NUMBER ? number(max, 0) : 0;
    }

    private static Form form(Leaf leaf) {
        return switch (leaf.order()) {
            case INT32_SIGNED, INT32_UNSIGNED, INT64_SIGNED, INT64_UNSIGNED -> Form.INTEGER;
            case FLOAT, DOUBLE -> Form.NUMBER;
            case BYTES_UNSIGNED -> Form.BYTES;
            default -> Form.OTHER;
        };
    }

    /** An INT32 keeps its sign; flipped, one that is unsigned compares as it should. */
    private long integer(byte[] bytes, int from) {
        return width == Integer.BYTES
                ? LittleEndian.getInt(bytes, from) ^ (int) flip
                : LittleEndian.getLong(bytes, from) ^ flip;
    }

    private double number(byte[] bytes, int from) {
        return width == Float.BYTES
                ? Float.intBitsToFloat(LittleEndian.getInt(bytes, from))
                : Double.longBitsToDouble(LittleEndian.getLong(bytes, from));
    }

    /** Whether the entry {@code body[from, to)} lies within. NaN has no place among bounds, and values without order none either. */
    boolean holds(byte[] body, int from, int to) {
        switch (form) {
            case INTEGER -> {
                long value = integer(body, from);
                return value >= least && value <= greatest;
            }
            case NUMBER -> {
                double value = number(body, from);
                return !(value < leastNumber) && !(value > greatestNumber);
            }
            case BYTES -> {
                return UnsignedBytes.compare(body, from, to - from, min, 0, min.length) >= 0
                        && UnsignedBytes.compare(body, from, to - from, max, 0, max.length) <= 0;
            }
            default -> {
                byte[] value = Arrays.copyOfRange(body, from, to);
                return !order.isBound(value) || order.compare(value, min) >= 0 && order.compare(value, max) <= 0;
            }
        }
    }

    /** Whether the entry is the least value. */
    boolean isMin(byte[] body, int from, int to) {
        return is(body, from, to, least, leastNumber, min);
    }

    /** Whether the entry is the greatest value. */
    boolean isMax(byte[] body, int from, int to) {
        return is(body, from, to, greatest, greatestNumber, max);
    }

    private boolean is(byte[] body, int from, int to, long integer, double number, byte[] bound) {
        switch (form) {
            case INTEGER -> {
                return integer(body, from) == integer;
            }
            case NUMBER -> {
                return number(body, from) == number;
            }
            case BYTES -> {
                return UnsignedBytes.compare(body, from, to - from, bound, 0, bound.length) == 0;
            }
            default -> {
                byte[] value = Arrays.copyOfRange(body, from, to);
                return order.isBound(value) && order.compare(value, bound) == 0;
            }
        }
    }
}
