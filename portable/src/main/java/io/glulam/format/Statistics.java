package io.glulam.format;

import org.jspecify.annotations.Nullable;

/**
 * The specification's {@code Statistics} of a column chunk or page. Arrays are shared, not copied: no caller changes them.
 *
 * @param max deprecated signed-order maximum as PLAIN bytes without length prefix; null if absent
 * @param min deprecated signed-order minimum; null if absent
 * @param nullCount -1 if absent
 * @param distinctCount -1 if absent
 * @param maxValue maximum under the column's order; null if absent
 * @param minValue minimum under the column's order; null if absent
 * @param maxExact null if absent
 * @param minExact null if absent
 * @param nanCount -1 if absent
 */
@SuppressWarnings("ArrayRecordComponent")
public record Statistics(
        byte @Nullable [] max,
        byte @Nullable [] min,
        long nullCount,
        long distinctCount,
        byte @Nullable [] maxValue,
        byte @Nullable [] minValue,
        @Nullable Boolean maxExact,
        @Nullable Boolean minExact,
        long nanCount) {
    /** Nothing known. */
    public static final Statistics NONE = new Statistics(null, null, -1, -1, null, null, null, null, -1);

    /** Returns whether nothing is known. */
    public boolean isNone() {
        return max == null
                && min == null
                && nullCount < 0
                && distinctCount < 0
                && maxValue == null
                && minValue == null
                && maxExact == null
                && minExact == null
                && nanCount < 0;
    }

    private static final int[] TYPES = {
        ThriftReader.STOP,
        ThriftReader.BINARY,
        ThriftReader.BINARY,
        ThriftReader.I64,
        ThriftReader.I64,
        ThriftReader.BINARY,
        ThriftReader.BINARY,
        ThriftReader.TRUE,
        ThriftReader.TRUE,
        ThriftReader.I64
    };

    /** Reads the struct at the reader's position. Nothing in it is checked: a negative count reads as absent. */
    public static Statistics read(ThriftReader in) {
        byte[] max = null;
        byte[] min = null;
        byte[] maxValue = null;
        byte[] minValue = null;
        Boolean maxExact = null;
        Boolean minExact = null;
        long nullCount = -1;
        long distinctCount = -1;
        long nanCount = -1;
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.knownFieldId(TYPES)) {
                case 1 -> max = in.readBinaryField();
                case 2 -> min = in.readBinaryField();
                case 3 -> nullCount = count(in);
                case 4 -> distinctCount = count(in);
                case 5 -> maxValue = in.readBinaryField(max);
                case 6 -> minValue = in.readBinaryField(min);
                case 7 -> maxExact = in.readBooleanField();
                case 8 -> minExact = in.readBooleanField();
                case 9 -> nanCount = count(in);
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        return new Statistics(max, min, nullCount, distinctCount, maxValue, minValue, maxExact, minExact, nanCount);
    }

    private static long count(ThriftReader in) {
        return Math.max(-1, in.readI64Field());
    }

    /** Returns these statistics with another null count; a negative one is absent. */
    public Statistics withNullCount(long nulls) {
        return new Statistics(max, min, nulls, distinctCount, maxValue, minValue, maxExact, minExact, nanCount);
    }

    /** Returns these counts alone. */
    public Statistics withoutBounds() {
        return new Statistics(null, null, nullCount, distinctCount, null, null, null, null, nanCount);
    }

    /** Returns these counts with the bounds {@code min_value} and {@code max_value} of {@code other}. */
    public Statistics withBoundsOf(Statistics other) {
        return new Statistics(
                max,
                min,
                nullCount,
                distinctCount,
                other.maxValue,
                other.minValue,
                other.maxExact,
                other.minExact,
                nanCount);
    }

    /** Writes the struct. */
    public void write(ThriftWriter out) {
        int outer = out.enterStruct();
        binary(out, 1, max);
        binary(out, 2, min);
        count(out, 3, nullCount);
        count(out, 4, distinctCount);
        binary(out, 5, maxValue);
        binary(out, 6, minValue);
        if (maxExact != null) {
            out.booleanField(7, maxExact);
        }
        if (minExact != null) {
            out.booleanField(8, minExact);
        }
        count(out, 9, nanCount);
        out.leaveStruct(outer);
    }

    private static void binary(ThriftWriter out, int id, byte @Nullable [] value) {
        if (value != null) {
            out.binaryField(id, value);
        }
    }

    private static void count(ThriftWriter out, int id, long value) {
        if (value >= 0) {
            out.i64Field(id, value);
        }
    }
}
