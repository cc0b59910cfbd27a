package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.format.SortOrder;
import io.glulam.format.UnsignedBytes;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Compares values under a column's order as they stand in statistics: PLAIN bytes, little-endian, BYTE_ARRAY without
 * length prefix (specification: {@code ColumnOrder}, {@code Statistics}). Immutable.
 *
 * <p>{@link #compare} may only see values that {@link #isValue} accepts. It is a total preorder over them, not
 * consistent with equals: under the type-defined orders −0 equals +0, and NaN, which has no place there, is greater
 * than anything.
 */
public final class ValueOrder implements Comparator<byte[]> {
    /** Of values without a fixed length, by the order's ordinal: millions of column chunks ask for theirs. */
    private static final ValueOrder[] KNOWN = Arrays.stream(SortOrder.values())
            .map(order -> new ValueOrder(order, 0))
            .toArray(ValueOrder[]::new);

    private final SortOrder order;
    private final int fixedLength;
    private final boolean floatingPoint;

    private ValueOrder(SortOrder order, int fixedLength) {
        this.order = order;
        this.fixedLength = fixedLength;
        this.floatingPoint = switch (order) {
            case FLOAT, DOUBLE, FLOAT16, FLOAT_TOTAL, DOUBLE_TOTAL, FLOAT16_TOTAL -> true;
            default -> false;
        };
    }

    /** The order of a column's values. */
    public static ValueOrder of(Leaf leaf) {
        return of(leaf.order(), leaf.typeLength());
    }

    /**
     * An order for values of a given length.
     *
     * @param fixedLength bytes of a FIXED_LEN_BYTE_ARRAY value; 0 for every other type
     */
    public static ValueOrder of(SortOrder order, int fixedLength) {
        return fixedLength == 0 ? KNOWN[order.ordinal()] : new ValueOrder(order, fixedLength);
    }

    /** The order that this compares by. */
    public SortOrder order() {
        return order;
    }

    /** Whether any bounds can be compared at all. */
    public boolean isDefined() {
        return order != SortOrder.NONE;
    }

    /** Whether values are floating point, so that NaN has to be thought of. */
    public boolean isFloatingPoint() {
        return floatingPoint;
    }

    /** Whether values are ordered by IEEE 754's total order, under which NaN may be a bound. */
    public boolean isTotal() {
        return switch (order) {
            case FLOAT_TOTAL, DOUBLE_TOTAL, FLOAT16_TOTAL -> true;
            default -> false;
        };
    }

    /** Whether the order is the signed one that the deprecated {@code min} and {@code max} are defined by. */
    public boolean isSigned() {
        return switch (order) {
            case BOOLEAN, INT32_SIGNED, INT64_SIGNED, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    /** Whether values are ordered by their bytes; bounds may be shorter than the values that they stand for then. */
    public boolean isBytewise() {
        return order == SortOrder.BYTES_UNSIGNED;
    }

    /**
     * Whether {@code value} has the length (and for BOOLEAN the content) of a value of this order. Bounds of
     * FIXED_LEN_BYTE_ARRAY may be cut shorter than the type, except for decimals. False for everything under
     * {@link SortOrder#NONE}.
     */
    public boolean isValue(byte[] value) {
        return switch (order) {
            case BOOLEAN -> value.length == 1 && (value[0] & 0xfe) == 0;
            case INT32_SIGNED, INT32_UNSIGNED, FLOAT, FLOAT_TOTAL -> value.length == 4;
            case INT64_SIGNED, INT64_UNSIGNED, DOUBLE, DOUBLE_TOTAL -> value.length == 8;
            case FLOAT16, FLOAT16_TOTAL -> value.length == 2;
            case BYTES_UNSIGNED -> fixedLength == 0 || value.length <= fixedLength;
            case DECIMAL_BINARY -> fixedLength == 0 ? value.length > 0 : value.length == fixedLength;
            case NONE -> false;
        };
    }

    /** Whether {@code value} may be a bound: a value, and not NaN unless the order is total. */
    public boolean isBound(byte[] value) {
        return isValue(value) && (!floatingPoint || isTotal() || !isNaN(value));
    }

    /**
     * Whether the two are bounds that can belong together: both may be bounds, the first is not above the second, and
     * under a total order both or neither are NaN.
     */
    public boolean isRange(byte[] min, byte[] max) {
        return isBound(min) && isBound(max) && compare(min, max) <= 0 && (!floatingPoint || isNaN(min) == isNaN(max));
    }

    /** Whether {@code value}, which {@link #isValue} accepts, is a NaN. */
    public boolean isNaN(byte[] value) {
        return switch (order) {
            case FLOAT, FLOAT_TOTAL -> (intAt(value) & 0x7fff_ffff) > 0x7f80_0000;
            case DOUBLE, DOUBLE_TOTAL -> (longAt(value) & Long.MAX_VALUE) > 0x7ff0_0000_0000_0000L;
            case FLOAT16, FLOAT16_TOTAL -> (shortAt(value) & 0x7fff) > 0x7c00;
            default -> false;
        };
    }

    /**
     * Whether {@code value} comes before {@code other}; unlike in {@link #compare}, −0 comes before +0 under the
     * type-defined floating-point orders, too, since some readers tell them apart.
     */
    boolean isLower(byte[] value, byte[] other) {
        int compared = compare(value, other);
        return compared < 0
                || compared == 0
                        && isAmbiguousZero(value)
                        && value[value.length - 1] != 0
                        && other[other.length - 1] == 0;
    }

    /** {@code value} as a lower bound: under a type-defined floating-point order zero becomes −0. */
    public byte[] asLower(byte[] value) {
        return isAmbiguousZero(value) ? zero(value.length, (byte) 0x80) : value;
    }

    /** {@code value} as an upper bound: under a type-defined floating-point order zero becomes +0. */
    public byte[] asUpper(byte[] value) {
        return isAmbiguousZero(value) ? zero(value.length, (byte) 0) : value;
    }

    /** Whether {@code value} is −0 or +0 and the order does not tell them apart. */
    boolean isAmbiguousZero(byte[] value) {
        if (!isFloatingPoint() || isTotal()) {
            return false;
        }
        for (int i = 0; i < value.length - 1; i++) {
            if (value[i] != 0) {
                return false;
            }
        }
        return (value[value.length - 1] & 0x7f) == 0;
    }

    @Override
    public int compare(byte[] left, byte[] right) {
        return switch (order) {
            case BOOLEAN -> Byte.compareUnsigned(left[0], right[0]);
            case INT32_SIGNED -> Integer.compare(intAt(left), intAt(right));
            case INT32_UNSIGNED -> Integer.compareUnsigned(intAt(left), intAt(right));
            case INT64_SIGNED -> Long.compare(longAt(left), longAt(right));
            case INT64_UNSIGNED -> Long.compareUnsigned(longAt(left), longAt(right));
            case FLOAT -> compareNumbers(Float.intBitsToFloat(intAt(left)), Float.intBitsToFloat(intAt(right)));
            case DOUBLE ->
                compareNumbers(Double.longBitsToDouble(longAt(left)), Double.longBitsToDouble(longAt(right)));
            case FLOAT16 -> compareHalves(shortAt(left), shortAt(right));
            case FLOAT_TOTAL -> Integer.compare(totalKey(intAt(left)), totalKey(intAt(right)));
            case DOUBLE_TOTAL -> Long.compare(totalKey(longAt(left)), totalKey(longAt(right)));
            case FLOAT16_TOTAL -> Integer.compare(totalKey(shortAt(left) << 16), totalKey(shortAt(right) << 16));
            case BYTES_UNSIGNED -> UnsignedBytes.compare(left, right);
            case DECIMAL_BINARY -> compareDecimals(left, right);
            case NONE -> throw new IllegalStateException("values of this column have no order");
        };
    }

    private static int compareNumbers(double left, double right) {
        // Adding +0 turns −0 into +0, so that Double.compare sees them as equal.
        return Double.compare(left + 0.0, right + 0.0);
    }

    private static int compareHalves(int left, int right) {
        boolean leftNaN = (left & 0x7fff) > 0x7c00;
        boolean rightNaN = (right & 0x7fff) > 0x7c00;
        if (leftNaN || rightNaN) {
            return Boolean.compare(leftNaN, rightNaN);
        }
        return Integer.compare(signedMagnitude(left), signedMagnitude(right));
    }

    private static int signedMagnitude(int half) {
        int magnitude = half & 0x7fff;
        return (half & 0x8000) == 0 ? magnitude : -magnitude;
    }

    /** Maps bits to integers of the same order as IEEE 754's {@code totalOrder}. */
    private static int totalKey(int bits) {
        return bits ^ (bits >> 31) >>> 1;
    }

    private static long totalKey(long bits) {
        return bits ^ (bits >> 63) >>> 1;
    }

    /** Big-endian two's complement of any two lengths, sign-extended to the longer one. */
    private static int compareDecimals(byte[] left, byte[] right) {
        int leftSign = left[0] >> 7;
        int rightSign = right[0] >> 7;
        if (leftSign != rightSign) {
            return Integer.compare(leftSign, rightSign);
        }
        int length = Math.max(left.length, right.length);
        for (int i = 0; i < length; i++) {
            int l = extended(left, i - (length - left.length), leftSign);
            int r = extended(right, i - (length - right.length), rightSign);
            if (l != r) {
                return Integer.compare(l, r);
            }
        }
        return 0;
    }

    private static int extended(byte[] value, int position, int sign) {
        return (position < 0 ? sign : value[position]) & 0xff;
    }

    private static byte[] zero(int length, byte top) {
        byte[] zero = new byte[length];
        zero[length - 1] = top;
        return zero;
    }

    private static int shortAt(byte[] value) {
        return value[0] & 0xff | (value[1] & 0xff) << 8;
    }

    private static int intAt(byte[] value) {
        return LittleEndian.getInt(value, 0);
    }

    private static long longAt(byte[] value) {
        return LittleEndian.getLong(value, 0);
    }
}
