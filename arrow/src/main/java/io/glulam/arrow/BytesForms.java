package io.glulam.arrow;

import io.glulam.decode.ByteSlice;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Forms of leaves whose values are bytes in Parquet: BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96. */
final class BytesForms {
    private static final long JULIAN_EPOCH = 2_440_588;
    private static final long NANOS_OF_DAY = 86_400_000_000_000L;
    private static final int NANOS_OF_MILLISECOND = 1_000_000;
    private static final int OFFSET = 4;

    private BytesForms() {}

    static LeafForm binary() {
        return new LeafForm(ArrowType.Binary.INSTANCE, OFFSET, vector -> {
            BaseVariableWidthVector values = (BaseVariableWidthVector) vector;
            return (index, value) -> {
                ByteSlice bytes = value.bytes();
                values.setSafe(index, bytes.array(), bytes.from(), bytes.length());
            };
        });
    }

    /** Text. Arrow's has to be UTF-8: other bytes are refused. */
    static LeafForm text() {
        return new LeafForm(ArrowType.Utf8.INSTANCE, OFFSET, vector -> {
            BaseVariableWidthVector values = (BaseVariableWidthVector) vector;
            Utf8Check check = new Utf8Check();
            return (index, value) -> {
                ByteSlice bytes = value.bytes();
                check.require(bytes);
                values.setSafe(index, bytes.array(), bytes.from(), bytes.length());
            };
        });
    }

    /** Decodes piece by piece: a whole text of many megabytes as characters would not fit into the heap. */
    private static final class Utf8Check {
        private static final int PIECE = 1 << 10;

        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        private final CharBuffer piece = CharBuffer.allocate(PIECE);

        void require(ByteSlice bytes) {
            byte[] array = bytes.array();
            int end = bytes.from() + bytes.length();
            int at = bytes.from();
            while (at < end && array[at] >= 0) {
                at++;
            }
            if (at < end && isMalformed(ByteBuffer.wrap(array, at, end - at))) {
                throw new Unsupported(
                        Place.UNKNOWN,
                        "a text that is not UTF-8, which Arrow's has to be",
                        "other formats print it with replacements");
            }
        }

        private boolean isMalformed(ByteBuffer text) {
            decoder.reset();
            CoderResult result = CoderResult.OVERFLOW;
            while (result.isOverflow()) {
                piece.clear();
                result = decoder.decode(text, piece, true);
            }
            return result.isError();
        }
    }

    /** Returns the values of {@code length} bytes that Arrow stores as Parquet does. */
    private static LeafForm same(ArrowType type, int length) {
        return new LeafForm(type, length, vector -> {
            FixedSlots slots = new FixedSlots(vector);
            return (index, value) -> {
                ByteSlice bytes = value.bytes();
                slots.open(index).setBytes((long) length * index, bytes.array(), bytes.from(), length);
            };
        });
    }

    static LeafForm fixed(int length) {
        return same(new ArrowType.FixedSizeBinary(length), length);
    }

    static LeafForm float16() {
        return same(new ArrowType.FloatingPoint(FloatingPointPrecision.HALF), Short.BYTES);
    }

    /** Timestamps of Impala, Hive and Spark: nanoseconds of the day, then the Julian day. */
    static LeafForm int96() {
        return new LeafForm(new ArrowType.Timestamp(TimeUnit.NANOSECOND, null), Long.BYTES, vector -> {
            FixedSlots slots = new FixedSlots(vector);
            return (index, value) -> {
                ByteSlice bytes = value.bytes();
                long nanos = littleEndian(bytes, 0, Long.BYTES);
                long day = (int) littleEndian(bytes, Long.BYTES, Integer.BYTES) - JULIAN_EPOCH;
                slots.open(index).setLong((long) Long.BYTES * index, nanosOf(day, nanos));
            };
        });
    }

    private static long nanosOf(long day, long nanos) {
        try {
            return Math.addExact(Math.multiplyExact(day, NANOS_OF_DAY), nanos);
        } catch (ArithmeticException tooFar) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "a timestamp " + day + " days from 1970, which nanoseconds of 64 bits do not reach",
                    "other formats print it",
                    tooFar);
        }
    }

    /** Months, days and milliseconds, each without a sign. */
    static LeafForm interval() {
        int width = 2 * Long.BYTES;
        return new LeafForm(new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO), width, vector -> {
            FixedSlots slots = new FixedSlots(vector);
            return (index, value) -> {
                ByteSlice bytes = value.bytes();
                long months = littleEndian(bytes, 0, Integer.BYTES);
                long days = littleEndian(bytes, Integer.BYTES, Integer.BYTES);
                if (months > Integer.MAX_VALUE || days > Integer.MAX_VALUE) {
                    throw new Unsupported(
                            Place.UNKNOWN,
                            "an interval of " + months + " months and " + days + " days; Arrow's has 31 bits for each",
                            "other formats print it");
                }
                long nanos = littleEndian(bytes, 2 * Integer.BYTES, Integer.BYTES) * NANOS_OF_MILLISECOND;
                ArrowBuf values = slots.open(index);
                long at = (long) width * index;
                values.setInt(at, (int) months);
                values.setInt(at + Integer.BYTES, (int) days);
                values.setLong(at + Long.BYTES, nanos);
            };
        });
    }

    /** Returns the number that some bytes hold, without a sign unless they are eight. */
    private static long littleEndian(ByteSlice bytes, int at, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes.array()[bytes.from() + at + i] & 0xFF;
        }
        return value;
    }

    /** Decimals stored as bytes, the most significant first; Arrow stores the least significant first. */
    static LeafForm decimal(ArrowType.Decimal type) {
        int width = type.getBitWidth() / 8;
        return new LeafForm(type, width, vector -> {
            FixedSlots slots = new FixedSlots(vector);
            byte[] turned = new byte[width];
            return (index, value) -> {
                turn(value.bytes(), turned);
                slots.open(index).setBytes((long) width * index, turned);
            };
        });
    }

    private static void turn(ByteSlice bytes, byte[] turned) {
        byte[] array = bytes.array();
        int from = bytes.from();
        int end = from + bytes.length();
        if (from == end) {
            throw new Unsupported(Place.UNKNOWN, "a decimal of no bytes", "other formats print it");
        }
        byte sign = (byte) (array[from] >> 7);
        // Bytes before the number that repeat its sign say nothing.
        while (end - from > turned.length && array[from] == sign && array[from + 1] >> 7 == sign) {
            from++;
        }
        if (end - from > turned.length) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "a decimal of " + (end - from) + " bytes, more than the digits of its type take",
                    "other formats print it");
        }
        for (int i = 0; i < turned.length; i++) {
            int source = end - 1 - i;
            turned[i] = source >= from ? array[source] : sign;
        }
    }
}
