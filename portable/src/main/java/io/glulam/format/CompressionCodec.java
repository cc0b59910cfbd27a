package io.glulam.format;

import org.jspecify.annotations.Nullable;

/** The specification's {@code CompressionCodec}, in its order: the ordinal is the Thrift value. */
public enum CompressionCodec {
    UNCOMPRESSED,
    SNAPPY,
    GZIP,
    LZO,
    BROTLI,
    LZ4,
    ZSTD,
    LZ4_RAW;

    private static final CompressionCodec[] VALUES = values();

    /** Returns whether this version writes pages with the codec; false for LZO, whose libraries' licenses forbid it. */
    public boolean isWritten() {
        return this != LZO;
    }

    /**
     * Returns whether a page's beginning can be unpacked alone; false for LZO and for LZ4, which have Hadoop's framing.
     */
    public boolean unpacksFromStart() {
        return this != LZ4 && this != LZO;
    }

    /** Returns the codec of that Thrift value; null for one that this version does not know. */
    public static @Nullable CompressionCodec of(int value) {
        return value >= 0 && value < VALUES.length ? VALUES[value] : null;
    }

    /** Returns the specification's name, or {@code UNKNOWN(n)}. */
    public static String nameOf(int value) {
        CompressionCodec codec = of(value);
        return codec == null ? "UNKNOWN(" + value + ")" : codec.name();
    }
}
