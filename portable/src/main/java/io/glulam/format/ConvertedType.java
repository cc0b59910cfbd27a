package io.glulam.format;

import org.jspecify.annotations.Nullable;

/**
 * The specification's {@code ConvertedType}, in its order: the ordinal is the Thrift value. Superseded by
 * {@link LogicalType}, which wins where both are present.
 */
public enum ConvertedType {
    UTF8,
    MAP,
    MAP_KEY_VALUE,
    LIST,
    ENUM,
    DECIMAL,
    DATE,
    TIME_MILLIS,
    TIME_MICROS,
    TIMESTAMP_MILLIS,
    TIMESTAMP_MICROS,
    UINT_8,
    UINT_16,
    UINT_32,
    UINT_64,
    INT_8,
    INT_16,
    INT_32,
    INT_64,
    JSON,
    BSON,
    INTERVAL;

    private static final ConvertedType[] VALUES = values();

    /** The type of that Thrift value; null for one that this version does not know. */
    public static @Nullable ConvertedType of(int value) {
        return value >= 0 && value < VALUES.length ? VALUES[value] : null;
    }

    /** The specification's name, or {@code UNKNOWN(n)}. */
    public static String nameOf(int value) {
        ConvertedType type = of(value);
        return type == null ? "UNKNOWN(" + value + ")" : type.name();
    }
}
