package io.glulam.statistics;

import org.jspecify.annotations.Nullable;

/**
 * A bloom filter, or why there is none: exactly one of the two.
 *
 * @param filter null if there is none
 * @param reason null if there is a filter
 */
public record BloomFilterResult(
        @Nullable BloomFilter filter, @Nullable BloomFilterReason reason) {
    /** The filter, or none if it is too full to be of use. */
    public static BloomFilterResult of(BloomFilter filter) {
        return of(filter, 0);
    }

    /** The filter, or none if it is too full to be of use, and fuller than {@code accepted}. */
    public static BloomFilterResult of(BloomFilter filter, double accepted) {
        return filter.falsePositiveRate() > Math.max(accepted, BloomFilterMerger.MAX_FALSE_POSITIVE_RATE)
                ? none(BloomFilterReason.SATURATED)
                : new BloomFilterResult(filter, null);
    }

    /** No filter. */
    public static BloomFilterResult none(BloomFilterReason reason) {
        return new BloomFilterResult(null, reason);
    }
}
