package io.glulam.recode;

import io.glulam.decode.ChunkDictionary;
import io.glulam.decode.ColumnBatch;
import io.glulam.format.Leaf;
import io.glulam.statistics.BloomFilter;
import io.glulam.statistics.BloomFilterReason;
import io.glulam.statistics.BloomFilterResult;
import io.glulam.statistics.XxHash64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The bloom filter of a chunk, filled from the chunk's values, batch by batch (specification: Bloom Filter). Not
 * thread-safe, but {@linkplain #sharing views} of one filter may be used at once.
 */
public final class ValueBloomFilter {
    private final int width;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final BloomFilter filter;
    private final AtomicBoolean filled;
    private @Nullable ChunkDictionary added;

    /**
     * An empty filter.
     *
     * @param leaf a column of any type but BOOLEAN
     * @param distinctCount how many different values are expected
     * @param maximumLength bytes of the bitset that are not exceeded: at least 32
     */
    public ValueBloomFilter(Leaf leaf, long distinctCount, int maximumLength) {
        this(leaf.valueWidth(), BloomFilter.sizedFor(distinctCount, maximumLength), new AtomicBoolean());
    }

    private ValueBloomFilter(int width, BloomFilter filter, AtomicBoolean filled) {
        this.width = width;
        this.filter = filter;
        this.filled = filled;
    }

    /**
     * Returns an empty filter for a rate of false positives, in the size for {@code distinctCount} values.
     *
     * @param leaf a column of any type but BOOLEAN
     * @param rate of false positives
     * @param maximumLength bytes of the bitset that are not exceeded: at least 32
     */
    public static ValueBloomFilter of(Leaf leaf, long distinctCount, double rate, int maximumLength) {
        BloomFilter empty = BloomFilter.sizedFor(distinctCount, rate, maximumLength);
        return new ValueBloomFilter(leaf.valueWidth(), empty, new AtomicBoolean());
    }

    /** Returns a view that adds to the same filter; each view is used by one thread. */
    public ValueBloomFilter sharing() {
        return new ValueBloomFilter(width, filter, filled);
    }

    /** Adds all values of a batch; of one with a dictionary all entries, once. */
    @SuppressWarnings("ReferenceEquality") // The very one, whatever it holds.
    public void add(ColumnBatch batch) {
        ChunkDictionary entries = batch.dictionary();
        if (entries == null) {
            if (batch.holdsBytes()) {
                addBytes(batch.heap(), batch.starts(), batch.lengths(), batch.valueCount());
            } else {
                addNumbers(batch.numbers(), batch.valueCount());
            }
        } else if (entries != added) {
            added = entries;
            if (batch.holdsBytes()) {
                addBytes(entries.heap(), entries.starts(), entries.lengths(), entries.count());
            } else {
                addNumbers(entries.numbers(), entries.count());
            }
        }
    }

    private void addNumbers(long[] numbers, int count) {
        fill(count);
        synchronized (filter) {
            for (int i = 0; i < count; i++) {
                number.putLong(0, numbers[i]);
                filter.insert(XxHash64.hash(number.array(), 0, width));
            }
        }
    }

    private void addBytes(byte[] heap, int[] starts, int[] lengths, int count) {
        fill(count);
        synchronized (filter) {
            for (int i = 0; i < count; i++) {
                filter.insert(XxHash64.hash(heap, starts[i], lengths[i]));
            }
        }
    }

    private void fill(int count) {
        if (count > 0) {
            filled.set(true);
        }
    }

    /** The filter, or why there is none. */
    public BloomFilterResult result() {
        return filled.get() ? BloomFilterResult.of(filter) : BloomFilterResult.none(BloomFilterReason.NO_VALUES);
    }

    /** Returns the filter in the shortest length that keeps a rate of false positives, or why there is none. */
    public BloomFilterResult folded(double rate) {
        return filled.get()
                ? BloomFilterResult.of(filter.folded(rate), rate)
                : BloomFilterResult.none(BloomFilterReason.NO_VALUES);
    }
}
