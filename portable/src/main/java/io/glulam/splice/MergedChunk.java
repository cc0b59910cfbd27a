package io.glulam.splice;

import io.glulam.format.ColumnChunk;
import io.glulam.statistics.BloomFilter;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import org.jspecify.annotations.Nullable;

/**
 * A column chunk that was written, with what goes after the row groups.
 *
 * @param chunk footer entry, its offsets of indexes and bloom filter not yet set
 * @param columnIndex null for none
 * @param offsetIndex null for none
 * @param bloomFilter null for none
 * @param sourcePages data pages that went in
 * @param pages data pages written
 */
public record MergedChunk(
        ColumnChunk chunk,
        @Nullable ColumnIndex columnIndex,
        @Nullable OffsetIndex offsetIndex,
        @Nullable BloomFilter bloomFilter,
        int sourcePages,
        int pages) {}
