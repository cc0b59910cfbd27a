package io.glulam.statistics;

/** Why a merged chunk has no bloom filter although a part had one. */
public enum BloomFilterReason {
    /** A part with values has none. */
    PART_WITHOUT_FILTER,
    /** A part's filter is broken, of an unknown kind, or not as long as the footer says. */
    UNREADABLE,
    /** Filters of different lengths do not unite bit by bit. */
    LENGTHS_DIFFER,
    /** United or capped, it would let through more than {@link BloomFilterMerger#MAX_FALSE_POSITIVE_RATE}. */
    SATURATED,
    /** There was nothing to put into one. */
    NO_VALUES
}
