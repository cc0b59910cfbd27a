package io.glulam.schema;

/** How values of one type become the same values of a wider one. */
public enum Widening {
    /** INT32 to INT64, with the sign. */
    INT_TO_LONG,
    /** FLOAT to DOUBLE. */
    FLOAT_TO_DOUBLE,
    /** A decimal of INT32 or INT64 to bytes, big-endian two's complement. */
    NUMBER_TO_BYTES,
    /** A decimal of bytes to FIXED_LEN_BYTE_ARRAY, with the sign. */
    BYTES_TO_FIXED,
    /** The same bits: only the annotation is wider. */
    SAME_BITS
}
