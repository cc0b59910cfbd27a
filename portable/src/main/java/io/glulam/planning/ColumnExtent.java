package io.glulam.planning;

import io.glulam.plan.ColumnFacts;
import io.glulam.source.FragmentChunk;
import java.util.List;

/**
 * How much of a column a merged row group has.
 *
 * @param values nulls included
 * @param bytes of its chunks, compressed
 */
record ColumnExtent(long values, long bytes) {
    /** More values than any column has: their sum does not overflow. */
    private static final long MAX_VALUES = 1L << 48;

    static List<ColumnExtent> of(List<ColumnFacts> groups) {
        return groups.stream()
                .map(facts -> new ColumnExtent(facts.values(), facts.compressedBytes()))
                .toList();
    }

    /** As the footer tells, which nothing has been held against. */
    static ColumnExtent told(List<FragmentChunk> fragments) {
        long values = 0;
        long bytes = 0;
        for (FragmentChunk fragment : fragments) {
            long count = fragment.chunk().valueCount();
            values = count <= 0 || count > MAX_VALUES - values ? MAX_VALUES : values + count;
            bytes += fragment.chunk().compressedSize();
        }
        return new ColumnExtent(values, bytes);
    }

    /** Returns whether a footer can tell so. */
    boolean isPossible() {
        return values > 0 && values < MAX_VALUES && bytes > 0;
    }
}
