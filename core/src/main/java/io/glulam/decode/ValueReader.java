package io.glulam.decode;

/**
 * The values of one page, in order. Numbers and booleans are read by {@link #readBits}, values of BYTE_ARRAY,
 * FIXED_LEN_BYTE_ARRAY and INT96 by {@link #readBytes}; asking for the other kind is a mistake of the caller.
 *
 * @see ValueReaders
 */
abstract class ValueReader {
    /** The next value's bits: INT32 and FLOAT sign-extended, BOOLEAN 0 or 1. */
    long readBits() {
        throw new IllegalStateException("the column holds bytes");
    }

    /** Makes {@code target} the next value's bytes. */
    void readBytes(ByteSlice target) {
        throw new IllegalStateException("the column holds numbers");
    }

    static io.glulam.error.CorruptFile corrupt(String problem) {
        return new io.glulam.error.CorruptFile(io.glulam.error.Place.UNKNOWN, problem);
    }
}
