package io.glulam.shape;

import io.glulam.format.PhysicalType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The values of a column for an input that does not have it. Immutable.
 *
 * @param values a constant, or numbers that ascend with the rows
 * @param alsoForNulls whether the values also take the place of nulls where the input has the column
 */
public record MadeColumn(Values values, boolean alsoForNulls) {

    /** The values of a column. */
    public sealed interface Values {}

    /**
     * The same value wherever the group around the column exists.
     *
     * @param type physical type; BYTE_ARRAY stands for FIXED_LEN_BYTE_ARRAY, too
     * @param plain the value in encoding PLAIN, without a length; one byte for a BOOLEAN. Not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Constant(PhysicalType type, byte[] plain) implements Values {
        @Override
        public boolean equals(Object other) {
            return other instanceof Constant that && type == that.type && Arrays.equals(plain, that.plain);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(plain);
        }
    }

    /**
     * An INT64 column whose value is {@code first} plus the position of the row in the input.
     *
     * @param first of the input's first row
     */
    public record Ascending(long first) implements Values {}

    public static MadeColumn constant(boolean value) {
        return of(PhysicalType.BOOLEAN, new byte[] {(byte) (value ? 1 : 0)});
    }

    public static MadeColumn constant(int value) {
        return of(PhysicalType.INT32, little(Integer.BYTES).putInt(value).array());
    }

    public static MadeColumn constant(long value) {
        return of(PhysicalType.INT64, little(Long.BYTES).putLong(value).array());
    }

    public static MadeColumn constant(float value) {
        int bits = Float.floatToRawIntBits(value);
        return of(PhysicalType.FLOAT, little(Float.BYTES).putInt(bits).array());
    }

    public static MadeColumn constant(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return of(PhysicalType.DOUBLE, little(Double.BYTES).putLong(bits).array());
    }

    /** Returns the value of a BYTE_ARRAY or FIXED_LEN_BYTE_ARRAY column, without a length. */
    public static MadeColumn constant(byte[] value) {
        return of(PhysicalType.BYTE_ARRAY, value.clone());
    }

    /** Returns the values of an INT64 column: {@code first} plus the position of the row in the input. */
    public static MadeColumn ascending(long first) {
        return new MadeColumn(new Ascending(first), false);
    }

    /** Returns these values, which also take the place of nulls where the input has the column. */
    public MadeColumn forNullsToo() {
        return new MadeColumn(values, true);
    }

    private static MadeColumn of(PhysicalType type, byte[] plain) {
        return new MadeColumn(new Constant(type, plain), false);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
