package io.glulam.format;

/** How min, max and bounds of a column compare, from its physical, logical and converted type and its column order. */
public enum SortOrder {
    BOOLEAN,
    INT32_SIGNED,
    INT32_UNSIGNED,
    INT64_SIGNED,
    INT64_UNSIGNED,
    /** FLOAT under the type-defined order: NaN never a bound, zeroes signed conservatively. */
    FLOAT,
    DOUBLE,
    FLOAT16,
    /** FLOAT, DOUBLE or FLOAT16 under IEEE 754's total order. */
    FLOAT_TOTAL,
    DOUBLE_TOTAL,
    FLOAT16_TOTAL,
    /** Unsigned, byte by byte. */
    BYTES_UNSIGNED,
    /** Big-endian two's complement of any length. */
    DECIMAL_BINARY,
    /** No order is defined or known: no bounds may be written. */
    NONE
}
