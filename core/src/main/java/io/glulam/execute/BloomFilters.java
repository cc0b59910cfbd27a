package io.glulam.execute;

import io.glulam.error.CorruptFile;
import io.glulam.format.ColumnChunk;
import io.glulam.splice.Fragment;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.BloomFilter;
import io.glulam.statistics.BloomFilterMerger;
import io.glulam.statistics.BloomFilterResult;
import org.jspecify.annotations.Nullable;

/** The bloom filter of a merged chunk: rebuilt from the union dictionary, else united, else none. */
final class BloomFilters {
    private static final int MAX_LENGTH = 1 << 20;

    private BloomFilters() {}

    static @Nullable BloomFilter merged(SourceFile file, SurveyedColumn column) {
        boolean any = false;
        for (Fragment fragment : column.fragments()) {
            any |= fragment.chunk().bloomFilterOffset() > 0;
        }
        if (!any) {
            return null;
        }
        if (column.isDictionaryEncodedThroughout()) {
            return column.bloomFilter(MAX_LENGTH).filter();
        }
        BloomFilterMerger merger = new BloomFilterMerger();
        for (Fragment fragment : column.fragments()) {
            merger.add(read(file, fragment.chunk()), hasValues(fragment.chunk()));
        }
        BloomFilterResult result = merger.merged();
        return result.filter();
    }

    private static boolean hasValues(ColumnChunk chunk) {
        return chunk.statistics() == null || chunk.statistics().nullCount() != chunk.valueCount();
    }

    private static @Nullable BloomFilter read(SourceFile file, ColumnChunk chunk) {
        long offset = chunk.bloomFilterOffset();
        if (offset <= 0) {
            return null;
        }
        long available = Math.min(file.footer().offsetInFile() - offset, MAX_LENGTH + 64L);
        int length = (int) Math.min(available, chunk.bloomFilterLength() > 0 ? chunk.bloomFilterLength() : available);
        if (length <= 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        file.bytes().read(offset, bytes, 0, length);
        try {
            return BloomFilter.parse(bytes, 0, length, offset);
        } catch (CorruptFile e) {
            // A filter is an aid: one that cannot be read is not carried on.
            return null;
        }
    }
}
