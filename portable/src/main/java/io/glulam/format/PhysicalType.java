package io.glulam.format;

import org.jspecify.annotations.Nullable;

/** The specification's {@code Type}, in its order: the ordinal is the Thrift value. */
public enum PhysicalType {
    BOOLEAN(0),
    INT32(4),
    INT64(8),
    INT96(12),
    FLOAT(4),
    DOUBLE(8),
    BYTE_ARRAY(-1),
    FIXED_LEN_BYTE_ARRAY(-1);

    private static final PhysicalType[] VALUES = values();
    private final int width;

    PhysicalType(int width) {
        this.width = width;
    }

    /** Returns the bytes of one PLAIN value; 0 for BOOLEAN (a bit), -1 where the type alone does not tell. */
    public int width() {
        return width;
    }

    /** Returns the type of that Thrift value; null for one that this version does not know. */
    public static @Nullable PhysicalType of(int value) {
        return value >= 0 && value < VALUES.length ? VALUES[value] : null;
    }
}
