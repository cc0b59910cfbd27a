package io.glulam.schema;

import io.glulam.format.ConvertedType;
import io.glulam.format.LogicalType;
import io.glulam.format.SchemaNode;
import java.util.Arrays;

/**
 * What an element's annotation means, whether a logical type or a converted type says it. A logical type wins over a
 * converted one, as in readers. The specification's LogicalTypes.md gives the pairs that mean the same.
 *
 * @param type as the logical type has it; {@code NONE} for no annotation
 * @param raw the serialized logical type, if it may have parameters that {@code type} does not keep; else empty
 */
@SuppressWarnings("ArrayRecordComponent")
record Meaning(LogicalType type, byte[] raw) {
    private static final byte[] NO_RAW = {};
    private static final int NONE = -1;
    private static final long MILLIS_IN_DAY = 86_400_000;

    /** Of converted types that no logical type means, the id is this minus the converted type. */
    private static final int CONVERTED_ONLY = -100;

    static Meaning of(Element element) {
        SchemaNode node = element.node();
        LogicalType logical = node.logicalType();
        if (logical != null) {
            boolean known = logical.id() > 0 && logical.id() <= LogicalType.FLOAT16;
            return new Meaning(logical, known ? NO_RAW : element.logicalType());
        }
        return new Meaning(ofConverted(node), NO_RAW);
    }

    private static LogicalType ofConverted(SchemaNode node) {
        ConvertedType converted = ConvertedType.of(node.convertedType());
        if (converted == null) {
            return simple(node.convertedType() < 0 ? NONE : CONVERTED_ONLY - node.convertedType());
        }
        return switch (converted) {
            case UTF8 -> simple(LogicalType.STRING);
            // Old writers annotate maps with MAP_KEY_VALUE.
            case MAP, MAP_KEY_VALUE -> simple(LogicalType.MAP);
            case LIST -> simple(LogicalType.LIST);
            case ENUM -> simple(LogicalType.ENUM);
            case DECIMAL -> new LogicalType(LogicalType.DECIMAL, node.scale(), node.precision(), 0, false, false, 0);
            case DATE -> simple(LogicalType.DATE);
            case TIME_MILLIS -> time(LogicalType.TIME, 1);
            case TIME_MICROS -> time(LogicalType.TIME, 2);
            case TIMESTAMP_MILLIS -> time(LogicalType.TIMESTAMP, 1);
            case TIMESTAMP_MICROS -> time(LogicalType.TIMESTAMP, 2);
            case UINT_8 -> integer(8, false);
            case UINT_16 -> integer(16, false);
            case UINT_32 -> integer(32, false);
            case UINT_64 -> integer(64, false);
            case INT_8 -> integer(8, true);
            case INT_16 -> integer(16, true);
            case INT_32 -> integer(32, true);
            case INT_64 -> integer(64, true);
            case JSON -> simple(LogicalType.JSON);
            case BSON -> simple(LogicalType.BSON);
            case INTERVAL -> simple(CONVERTED_ONLY - node.convertedType());
        };
    }

    private static LogicalType simple(int id) {
        return new LogicalType(id, 0, 0, 0, false, false, 0);
    }

    /** Converted types of time mean values that are adjusted to UTC. */
    private static LogicalType time(int id, int unit) {
        return new LogicalType(id, 0, 0, 0, false, true, unit);
    }

    private static LogicalType integer(int bitWidth, boolean signed) {
        return new LogicalType(LogicalType.INTEGER, 0, 0, bitWidth, signed, false, 0);
    }

    boolean isSame(Meaning other) {
        return type.equals(other.type) && Arrays.equals(raw, other.raw);
    }

    boolean isList() {
        return type.id() == LogicalType.LIST;
    }

    boolean isMap() {
        return type.id() == LogicalType.MAP;
    }

    boolean isDecimal() {
        return type.id() == LogicalType.DECIMAL;
    }

    /** Bits of the signed integers that the annotation says; 0 if it says something else. */
    int signedBits() {
        return type.id() == LogicalType.INTEGER && type.signed() ? type.bitWidth() : 0;
    }

    boolean isDate() {
        return type.id() == LogicalType.DATE;
    }

    /** Units of a timestamp without time zone in a day; 0 for other types. */
    long unitsInDay() {
        if (type.id() != LogicalType.TIMESTAMP || type.adjustedToUtc()) {
            return 0;
        }
        return switch (type.unit()) {
            case 1 -> MILLIS_IN_DAY;
            case 2 -> MILLIS_IN_DAY * 1_000;
            case 3 -> MILLIS_IN_DAY * 1_000_000;
            default -> 0;
        };
    }

    /** Whether the values are text, which is bytes to those who do not know. */
    boolean isText() {
        return type.id() == LogicalType.STRING || type.id() == LogicalType.ENUM || type.id() == LogicalType.JSON;
    }

    boolean isNone() {
        return type.id() == NONE;
    }
}
