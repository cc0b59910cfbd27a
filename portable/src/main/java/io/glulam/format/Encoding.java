package io.glulam.format;

import org.jspecify.annotations.Nullable;

/** The specification's {@code Encoding}. */
public enum Encoding {
    PLAIN(0),
    PLAIN_DICTIONARY(2),
    RLE(3),
    BIT_PACKED(4),
    DELTA_BINARY_PACKED(5),
    DELTA_LENGTH_BYTE_ARRAY(6),
    DELTA_BYTE_ARRAY(7),
    RLE_DICTIONARY(8),
    BYTE_STREAM_SPLIT(9);

    private static final Encoding[] BY_VALUE = new Encoding[10];

    static {
        for (Encoding encoding : values()) {
            BY_VALUE[encoding.value] = encoding;
        }
    }

    private final int value;

    Encoding(int value) {
        this.value = value;
    }

    /** Returns the Thrift value. */
    public int value() {
        return value;
    }

    /** Returns whether values are indices into the chunk's dictionary page. */
    public boolean isDictionary() {
        return this == PLAIN_DICTIONARY || this == RLE_DICTIONARY;
    }

    /** Returns whether values are indices into the chunk's dictionary page, for a Thrift value that may be unknown. */
    public static boolean isDictionary(int value) {
        return value == PLAIN_DICTIONARY.value || value == RLE_DICTIONARY.value;
    }

    /**
     * Returns whether values of that type can be encoded so (specification: Encodings); BIT_PACKED is of levels only.
     */
    public boolean isFor(PhysicalType type) {
        return switch (this) {
            case PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY -> true;
            case RLE -> type == PhysicalType.BOOLEAN;
            case BIT_PACKED -> false;
            case DELTA_BINARY_PACKED -> type == PhysicalType.INT32 || type == PhysicalType.INT64;
            case DELTA_LENGTH_BYTE_ARRAY -> type == PhysicalType.BYTE_ARRAY;
            case DELTA_BYTE_ARRAY -> type == PhysicalType.BYTE_ARRAY || type == PhysicalType.FIXED_LEN_BYTE_ARRAY;
            case BYTE_STREAM_SPLIT ->
                switch (type) {
                    case INT32, INT64, FLOAT, DOUBLE, FIXED_LEN_BYTE_ARRAY -> true;
                    case BOOLEAN, INT96, BYTE_ARRAY -> false;
                };
        };
    }

    /** Returns the encoding of that Thrift value; null for one that this version does not know. */
    public static @Nullable Encoding of(int value) {
        return value >= 0 && value < BY_VALUE.length ? BY_VALUE[value] : null;
    }

    /** Returns the specification's name, or {@code UNKNOWN(n)}. */
    public static String nameOf(int value) {
        Encoding encoding = of(value);
        return encoding == null ? "UNKNOWN(" + value + ")" : encoding.name();
    }
}
