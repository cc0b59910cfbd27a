package io.glulam.recode;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;

/**
 * What recoding takes, as a constant model: time of one core, compression and decompression left out. Constants instead
 * of measurements at run time, so that plans do not depend on the machine.
 */
public final class RecodeCost {
    private RecodeCost() {}

    /**
     * Nanoseconds to decode a value, encode it, and decode it again for verification.
     *
     * @param encoding of the pages to be written: of indices, for a dictionary
     */
    public static double nanosPerValue(PhysicalType type, Encoding encoding) {
        return switch (type) {
            case BOOLEAN -> 5;
            case INT32, INT64, FLOAT, DOUBLE -> encoding.isDictionary() ? 25 : 10;
            case INT96, FIXED_LEN_BYTE_ARRAY, BYTE_ARRAY -> encoding.isDictionary() ? 50 : 30;
        };
    }
}
