package io.glulam.recode;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;

/**
 * What recoding takes, as a constant model: time of one core, compression and decompression left out. Constants instead
 * of measurements at run time, so that plans do not depend on the machine.
 *
 * <p>Measured as thread CPU time for 2²⁰ values in pages of 20,000, from PLAIN, by {@link ColumnRecoder} and a
 * {@link io.glulam.decode.BatchReader} with digest over the result; JDK 17 and 25 with {@code -XX:TieredStopAtLevel=1},
 * as the launcher has it; the optimising compiler takes about half. Texts of 10 to 36 bytes; dictionaries of 15,000
 * texts and 200,000 numbers.
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
            case BOOLEAN -> 15;
            case INT32, INT64, FLOAT, DOUBLE ->
                switch (encoding) {
                    case PLAIN_DICTIONARY, RLE_DICTIONARY -> 60;
                    case DELTA_BINARY_PACKED -> 25;
                    case BYTE_STREAM_SPLIT -> 30;
                    default -> 12;
                };
            case INT96, FIXED_LEN_BYTE_ARRAY, BYTE_ARRAY ->
                switch (encoding) {
                    case PLAIN_DICTIONARY, RLE_DICTIONARY -> 100;
                    case DELTA_LENGTH_BYTE_ARRAY -> 85;
                    case DELTA_BYTE_ARRAY -> 145;
                    default -> 60;
                };
        };
    }
}
