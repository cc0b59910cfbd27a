package io.glulam.policy;

import io.glulam.format.PhysicalType;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.Recoding;

/**
 * The processor time of recoding: constants measured once, so that the same file is planned alike on every
 * machine and under every load. Only their proportions to what is saved matter.
 */
final class RecodeCost {
    /** Decoding, encoding and checking a number, and hashing it for a dictionary, in nanoseconds. */
    private static final double NUMBER = 25;

    private static final double NUMBER_HASHED = 45;

    /** The same for a string, to which its bytes come. */
    private static final double STRING = 60;

    private static final double STRING_HASHED = 90;
    private static final double BYTE = 0.6;

    /** Unpacking and packing a byte of a page. */
    private static final double PACKED_BYTE = 3;

    private RecodeCost() {}

    /** Seconds of processor time to recode a column chunk. */
    static double seconds(ColumnFacts facts, Recoding recoding) {
        boolean hashed = recoding.indices() != null;
        double each = isNumber(facts.type()) ? hashed ? NUMBER_HASHED : NUMBER : hashed ? STRING_HASHED : STRING;
        double bytes = isNumber(facts.type()) ? 0 : facts.uncompressedBytes() * BYTE;
        return (facts.values() * each + bytes + facts.uncompressedBytes() * PACKED_BYTE) / 1e9;
    }

    private static boolean isNumber(PhysicalType type) {
        return switch (type) {
            case BOOLEAN, INT32, INT64, FLOAT, DOUBLE -> true;
            case INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> false;
        };
    }
}
