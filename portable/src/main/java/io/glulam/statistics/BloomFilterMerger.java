package io.glulam.statistics;

import io.glulam.error.CorruptFile;
import org.jspecify.annotations.Nullable;

/**
 * The bloom filter of a chunk that is joined from parts: theirs united, if all have one of the same length and the
 * union is not too full; else it has to be {@link #rebuild rebuilt} from the values. Not thread-safe.
 */
public final class BloomFilterMerger {
    /** A filter that lets more than a tenth of the misses through is not worth a reader's request. */
    public static final double MAX_FALSE_POSITIVE_RATE = 0.1;

    private @Nullable BloomFilter union;
    private @Nullable BloomFilterReason refused;

    /**
     * Adds a part.
     *
     * @param part its filter; null if it has none
     * @param hasValues whether it may hold a value that is not null; without one it needs no filter
     */
    public void add(@Nullable BloomFilter part, boolean hasValues) {
        if (refused != null) {
            return;
        }
        if (part == null) {
            if (hasValues) {
                refuse(BloomFilterReason.PART_WITHOUT_FILTER);
            }
        } else if (union == null) {
            union = part.copy();
        } else if (union.bitsetLength() != part.bitsetLength()) {
            refuse(BloomFilterReason.LENGTHS_DIFFER);
        } else {
            union.unite(part);
        }
    }

    /**
     * Adds a part by the bytes of its filter. One that cannot be understood is no reason to refuse the file: the merged
     * chunk has none then.
     *
     * @param bytes header and bitset and nothing else: {@code bloom_filter_length} of them, or, where the footer does
     *     not give that, {@link BloomFilterHeader#totalLength}
     * @param base offset in the object of {@code bytes[0]}
     */
    public void addSerialized(byte[] bytes, long base) {
        if (refused != null) {
            return;
        }
        try {
            BloomFilterHeader header = BloomFilterHeader.parse(bytes, 0, bytes.length, base);
            if (header.isKnown() && header.totalLength() == bytes.length) {
                add(BloomFilter.parse(bytes, 0, bytes.length, base), true);
                return;
            }
        } catch (CorruptFile broken) {
            // A broken filter and a contradictory one come to the same.
        }
        refuse(BloomFilterReason.UNREADABLE);
    }

    /** Adds a part whose filter cannot be read. */
    public void addUnreadable() {
        if (refused == null) {
            refuse(BloomFilterReason.UNREADABLE);
        }
    }

    private void refuse(BloomFilterReason reason) {
        refused = reason;
        union = null;
    }

    /** The united filter, or why there is none. */
    public BloomFilterResult merged() {
        if (refused != null) {
            return BloomFilterResult.none(refused);
        }
        BloomFilter filter = union;
        return filter == null
                ? BloomFilterResult.none(BloomFilterReason.NO_VALUES)
                : BloomFilterResult.of(filter.copy());
    }

    /**
     * A filter of all of a chunk's values, its length chosen for them.
     *
     * @param values PLAIN bytes, BYTE_ARRAY without length prefix; repeated ones do no harm. All values of the chunk
     *     must be among them
     * @param distinctCount how many different values that is, at most
     * @param maximumLength bytes of the bitset that are not exceeded: at least 32
     */
    public static BloomFilterResult rebuild(Iterable<byte[]> values, long distinctCount, int maximumLength) {
        return rebuild(values, distinctCount, BloomFilter.TARGET_FALSE_POSITIVE_RATE, maximumLength);
    }

    /** As {@link #rebuild(Iterable, long, int)}, at another rate of false positives. */
    public static BloomFilterResult rebuild(
            Iterable<byte[]> values, long distinctCount, double falsePositiveRate, int maximumLength) {
        if (distinctCount == 0) {
            return BloomFilterResult.none(BloomFilterReason.NO_VALUES);
        }
        BloomFilter filter = BloomFilter.sizedFor(distinctCount, falsePositiveRate, maximumLength);
        for (byte[] value : values) {
            filter.insert(XxHash64.hash(value));
        }
        return BloomFilterResult.of(filter, falsePositiveRate);
    }
}
