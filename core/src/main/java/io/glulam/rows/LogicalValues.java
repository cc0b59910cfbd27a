package io.glulam.rows;

import io.glulam.decode.ByteSlice;
import io.glulam.decode.TripletReader;
import io.glulam.format.ConvertedType;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.format.SchemaNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Interprets the values of a leaf, by its logical type or else its converted one (LogicalTypes.md). A value that its type
 * does not allow, as a time of day of 25 hours, stays what the physical type makes of it.
 */
final class LogicalValues {
    private static final long NANOS = 1_000_000_000;
    private static final long JULIAN_EPOCH = 2_440_588;

    private LogicalValues() {}

    /** Returns what makes an object of a value of that leaf: the classes that {@link RowReader} lists. */
    static NodeReader.Value of(SchemaNode leaf) {
        NodeReader.Value plain = physical(leaf);
        NodeReader.Value meant = meant(leaf, plain);
        return triplet -> {
            try {
                return meant.of(triplet);
            } catch (ArithmeticException | DateTimeException | NumberFormatException unfit) {
                return plain.of(triplet);
            }
        };
    }

    private static NodeReader.Value physical(SchemaNode leaf) {
        return switch (type(leaf)) {
            case BOOLEAN -> triplet -> triplet.bits() != 0;
            case INT32 -> triplet -> (int) triplet.bits();
            case INT64 -> TripletReader::bits;
            case FLOAT -> triplet -> Float.intBitsToFloat((int) triplet.bits());
            case DOUBLE -> triplet -> Double.longBitsToDouble(triplet.bits());
            case INT96 -> triplet -> int96(triplet.bytes());
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> triplet -> triplet.bytes().toByteArray();
        };
    }

    private static PhysicalType type(SchemaNode leaf) {
        PhysicalType type = leaf.type();
        if (type == null) {
            throw new IllegalArgumentException(leaf.name() + " is a group");
        }
        return type;
    }

    private static NodeReader.Value meant(SchemaNode leaf, NodeReader.Value plain) {
        LogicalType logical = leaf.logicalType();
        return switch (type(leaf)) {
            case INT32, INT64 -> logical == null ? converted(leaf, plain) : logical(logical, plain, leaf);
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
                logical == null ? convertedBytes(leaf, plain) : logicalBytes(logical, plain);
            default -> plain;
        };
    }

    private static NodeReader.Value logical(LogicalType type, NodeReader.Value plain, SchemaNode leaf) {
        return switch (type.id()) {
            case LogicalType.DATE -> date();
            case LogicalType.TIME -> time(unitsPerSecond(type));
            case LogicalType.TIMESTAMP -> timestamp(unitsPerSecond(type), type.adjustedToUtc());
            case LogicalType.DECIMAL -> decimal(type.scale());
            case LogicalType.INTEGER -> type.signed() ? plain : unsigned(leaf);
            default -> plain;
        };
    }

    private static NodeReader.Value converted(SchemaNode leaf, NodeReader.Value plain) {
        ConvertedType type = ConvertedType.of(leaf.convertedType());
        if (type == null) {
            return plain;
        }
        return switch (type) {
            case DATE -> date();
            case TIME_MILLIS -> time(1_000);
            case TIME_MICROS -> time(1_000_000);
            case TIMESTAMP_MILLIS -> timestamp(1_000, true);
            case TIMESTAMP_MICROS -> timestamp(1_000_000, true);
            case DECIMAL -> decimal(leaf.scale());
            case UINT_8, UINT_16, UINT_32, UINT_64 -> unsigned(leaf);
            default -> plain;
        };
    }

    private static NodeReader.Value logicalBytes(LogicalType type, NodeReader.Value plain) {
        return switch (type.id()) {
            case LogicalType.STRING, LogicalType.ENUM, LogicalType.JSON -> triplet -> text(triplet.bytes());
            case LogicalType.DECIMAL -> decimalBytes(type.scale());
            case LogicalType.UUID -> triplet -> uuid(triplet.bytes());
            case LogicalType.FLOAT16 -> triplet -> float16(triplet.bytes());
            default -> plain;
        };
    }

    private static NodeReader.Value convertedBytes(SchemaNode leaf, NodeReader.Value plain) {
        ConvertedType type = ConvertedType.of(leaf.convertedType());
        if (type == null) {
            return plain;
        }
        return switch (type) {
            case UTF8, ENUM, JSON -> triplet -> text(triplet.bytes());
            case DECIMAL -> decimalBytes(leaf.scale());
            default -> plain;
        };
    }

    private static long unitsPerSecond(LogicalType type) {
        return switch (type.unit()) {
            case 1 -> 1_000;
            case 2 -> 1_000_000;
            case 3 -> NANOS;
            default -> 0; // A division by it leaves the number as it is.
        };
    }

    private static NodeReader.Value date() {
        return triplet -> LocalDate.ofEpochDay(triplet.bits());
    }

    private static NodeReader.Value time(long perSecond) {
        return triplet -> LocalTime.ofNanoOfDay(Math.multiplyExact(triplet.bits(), NANOS / perSecond));
    }

    private static NodeReader.Value timestamp(long perSecond, boolean adjustedToUtc) {
        return triplet -> {
            long second = Math.floorDiv(triplet.bits(), perSecond);
            int nanos = (int) (Math.floorMod(triplet.bits(), perSecond) * (NANOS / perSecond));
            return adjustedToUtc
                    ? Instant.ofEpochSecond(second, nanos)
                    : LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC);
        };
    }

    private static NodeReader.Value decimal(int scale) {
        return triplet -> BigDecimal.valueOf(triplet.bits(), scale);
    }

    private static NodeReader.Value decimalBytes(int scale) {
        return triplet -> {
            ByteSlice bytes = triplet.bytes();
            if (bytes.length() == 0) {
                throw new NumberFormatException("a decimal of no bytes"); // BigInteger would look at the byte after it.
            }
            return new BigDecimal(new BigInteger(bytes.array(), bytes.from(), bytes.length()), scale);
        };
    }

    private static NodeReader.Value unsigned(SchemaNode leaf) {
        return type(leaf) == PhysicalType.INT32
                ? triplet -> triplet.bits() & 0xFFFF_FFFFL
                : triplet -> new BigInteger(Long.toUnsignedString(triplet.bits()));
    }

    private static String text(ByteSlice bytes) {
        return new String(bytes.array(), bytes.from(), bytes.length(), StandardCharsets.UTF_8);
    }

    private static Object uuid(ByteSlice bytes) {
        if (bytes.length() != 2 * Long.BYTES) {
            return bytes.toByteArray();
        }
        return new UUID(bigEndian(bytes, 0), bigEndian(bytes, Long.BYTES));
    }

    private static long bigEndian(ByteSlice bytes, int at) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | bytes.array()[bytes.from() + at + i] & 0xFF;
        }
        return value;
    }

    private static long littleEndian(ByteSlice bytes, int at, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes.array()[bytes.from() + at + i] & 0xFF;
        }
        return value;
    }

    /** IEEE 754 half precision: a sign, five bits of exponent, ten of fraction. */
    private static Object float16(ByteSlice bytes) {
        if (bytes.length() != Short.BYTES) {
            return bytes.toByteArray();
        }
        int bits = (int) littleEndian(bytes, 0, Short.BYTES);
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float size = switch (exponent) {
            case 0 -> Math.scalb((float) fraction, -24);
            case 0x1F -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Math.scalb((float) (fraction | 0x400), exponent - 25);
        };
        return (bits & 0x8000) == 0 ? size : -size;
    }

    /** Converts the old timestamps of Impala, Hive and Spark: nanoseconds of the day, then the Julian day. */
    private static LocalDateTime int96(ByteSlice bytes) {
        long nanos = littleEndian(bytes, 0, Long.BYTES);
        long day = (int) littleEndian(bytes, Long.BYTES, Integer.BYTES) - JULIAN_EPOCH;
        return LocalDate.ofEpochDay(day).atStartOfDay().plusNanos(nanos);
    }
}
