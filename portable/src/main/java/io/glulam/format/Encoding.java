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

    /** The Thrift value. */
    public int value() {
        return value;
    }

    /** Whether values are indices into the chunk's dictionary page. */
    public boolean isDictionary() {
        return this == PLAIN_DICTIONARY || this == RLE_DICTIONARY;
    }

    /** Whether values are indices into the chunk's dictionary page, for a Thrift value that may be unknown. */
    public static boolean isDictionary(int value) {
        return value == PLAIN_DICTIONARY.value || value == RLE_DICTIONARY.value;
    }

    /** The encoding of that Thrift value; null for one that this version does not know. */
    public static @Nullable Encoding of(int value) {
        return value >= 0 && value < BY_VALUE.length ? BY_VALUE[value] : null;
    }

    /** The specification's name, or {@code UNKNOWN(n)}. */
    public static String nameOf(int value) {
        Encoding encoding = of(value);
        return encoding == null ? "UNKNOWN(" + value + ")" : encoding.name();
    }
}
