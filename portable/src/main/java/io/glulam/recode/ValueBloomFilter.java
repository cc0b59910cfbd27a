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
import org.jspecify.annotations.Nullable;

/**
 * The bloom filter of a chunk, filled from the chunk's values, batch by batch (specification: Bloom Filter). Not
 * thread-safe.
 */
public final class ValueBloomFilter {
    private final int width;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final BloomFilter filter;
    private @Nullable ChunkDictionary added;
    private boolean empty = true;

    /**
     * An empty filter.
     *
     * @param leaf a column of any type but BOOLEAN
     * @param distinctCount how many different values are expected
     * @param maximumLength bytes of the bitset that are not exceeded: at least 32
     */
    public ValueBloomFilter(Leaf leaf, long distinctCount, int maximumLength) {
        this.width = leaf.valueWidth();
        this.filter = BloomFilter.sizedFor(distinctCount, maximumLength);
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
        empty &= count == 0;
        for (int i = 0; i < count; i++) {
            number.putLong(0, numbers[i]);
            filter.insert(XxHash64.hash(number.array(), 0, width));
        }
    }

    private void addBytes(byte[] heap, int[] starts, int[] lengths, int count) {
        empty &= count == 0;
        for (int i = 0; i < count; i++) {
            filter.insert(XxHash64.hash(heap, starts[i], lengths[i]));
        }
    }

    /** The filter, or why there is none. */
    public BloomFilterResult result() {
        return empty ? BloomFilterResult.none(BloomFilterReason.NO_VALUES) : BloomFilterResult.of(filter);
    }
}
