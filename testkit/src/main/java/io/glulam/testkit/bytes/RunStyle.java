package io.glulam.testkit.bytes;

/** Ways to write the RLE / bit-packing hybrid, all of which decode to the same numbers. */
public enum RunStyle {
    /** Runs of eight and more as RLE, the rest bit-packed, padding of zeros. */
    USUAL,
    /** One bit-packed run, padding of zeros. */
    BIT_PACKED,
    /** Only RLE runs, however short. */
    RUNS,
    /** RLE and bit-packed runs of random lengths. */
    MIXED,
    /** One bit-packed run whose padding holds random bits. */
    GARBAGE_PADDING,
    /** One bit-packed run with whole groups of random bits behind the last number. */
    EXTRA_GROUPS,
    /** Only RLE runs, of which the last goes on behind the last number. */
    OVERRUN,
    /** One bit-packed run without the bytes that would hold only padding. */
    CUT_PADDING
}
