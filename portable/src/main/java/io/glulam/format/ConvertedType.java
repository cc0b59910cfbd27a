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

    /** Returns the type of that Thrift value; null for one that this version does not know. */
    public static @Nullable ConvertedType of(int value) {
        return value >= 0 && value < VALUES.length ? VALUES[value] : null;
    }

    /**
     * Returns the logical type that means the same (LogicalTypes.md); null for INTERVAL, which has none. Times and
     * timestamps are adjusted to UTC.
     *
     * @param precision of a DECIMAL
     * @param scale of a DECIMAL
     */
    @Nullable
    LogicalType meaning(int precision, int scale) {
        return switch (this) {
            case UTF8 -> LogicalType.string();
            // Old writers annotate maps with MAP_KEY_VALUE.
            case MAP, MAP_KEY_VALUE -> LogicalType.of(LogicalType.MAP);
            case LIST -> LogicalType.of(LogicalType.LIST);
            case ENUM -> LogicalType.of(LogicalType.ENUM);
            case DECIMAL -> LogicalType.decimal(precision, scale);
            case DATE -> LogicalType.date();
            case TIME_MILLIS -> LogicalType.time(true, 1);
            case TIME_MICROS -> LogicalType.time(true, 2);
            case TIMESTAMP_MILLIS -> LogicalType.timestamp(true, 1);
            case TIMESTAMP_MICROS -> LogicalType.timestamp(true, 2);
            case UINT_8 -> LogicalType.integer(8, false);
            case UINT_16 -> LogicalType.integer(16, false);
            case UINT_32 -> LogicalType.integer(32, false);
            case UINT_64 -> LogicalType.integer(64, false);
            case INT_8 -> LogicalType.integer(8, true);
            case INT_16 -> LogicalType.integer(16, true);
            case INT_32 -> LogicalType.integer(32, true);
            case INT_64 -> LogicalType.integer(64, true);
            case JSON -> LogicalType.of(LogicalType.JSON);
            case BSON -> LogicalType.of(LogicalType.BSON);
            case INTERVAL -> null;
        };
    }

    /** Returns the specification's name, or {@code UNKNOWN(n)}. */
    public static String nameOf(int value) {
        ConvertedType type = of(value);
        return type == null ? "UNKNOWN(" + value + ")" : type.name();
    }
}
