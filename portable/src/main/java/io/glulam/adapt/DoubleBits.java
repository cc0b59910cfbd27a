package io.glulam.adapt;

/**
 * A float's bits as those of the same double. NaN keeps sign and payload, which a conversion by the processor need not do:
 * it may make signaling NaNs quiet.
 */
final class DoubleBits {
    private static final int FLOAT_EXPONENT = 0x7f800000;
    private static final int FLOAT_MANTISSA = 0x007fffff;
    private static final long DOUBLE_EXPONENT = 0x7ff0000000000000L;

    /** Bits that the mantissa of a double has more. */
    private static final int SHIFT = 29;

    private DoubleBits() {}

    static long of(int bits) {
        boolean nan = (bits & FLOAT_EXPONENT) == FLOAT_EXPONENT && (bits & FLOAT_MANTISSA) != 0;
        if (!nan) {
            return Double.doubleToRawLongBits(Float.intBitsToFloat(bits));
        }
        long sign = (long) (bits >>> 31) << 63;
        return sign | DOUBLE_EXPONENT | (long) (bits & FLOAT_MANTISSA) << SHIFT;
    }
}
