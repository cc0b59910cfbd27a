package io.glulam.schema;

import io.glulam.format.LogicalType;
import io.glulam.format.SchemaNode;
import java.util.Arrays;

/**
 * The meaning of an element's annotation, whether a logical type or a converted type says it. A logical type wins over a
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
        LogicalType meant = node.meaning();
        if (meant != null) {
            return meant;
        }
        return LogicalType.of(node.convertedType() < 0 ? NONE : CONVERTED_ONLY - node.convertedType());
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
