package io.glulam.shape;

/**
 * The bloom filter that a table asks for in a column. Immutable.
 *
 * @param falsePositiveRate share of values never written that the filter may let through, above 0 and below 1
 * @param maxBytes bytes of the bitset that are not exceeded, whatever that does to the rate: at least 32
 */
public record BloomFilterForm(double falsePositiveRate, int maxBytes) {
    public BloomFilterForm {
        if (!(falsePositiveRate > 0 && falsePositiveRate < 1)) {
            throw new IllegalArgumentException("a rate of false positives between 0 and 1, not " + falsePositiveRate);
        }
        if (maxBytes < Integer.BYTES * 8) {
            throw new IllegalArgumentException("a bloom filter needs 32 bytes, not " + maxBytes);
        }
    }
}
