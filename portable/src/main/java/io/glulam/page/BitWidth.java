package io.glulam.page;

/** Bits that the hybrid encoding needs. */
public final class BitWidth {
    private BitWidth() {}

    /** Bits for values from 0 to {@code max}; 0 for 0. */
    public static int of(int max) {
        return 32 - Integer.numberOfLeadingZeros(max);
    }

    /** Bits for indices into a dictionary of {@code entries}; 0 for at most one entry. */
    public static int forEntries(int entries) {
        return entries <= 1 ? 0 : of(entries - 1);
    }
}
