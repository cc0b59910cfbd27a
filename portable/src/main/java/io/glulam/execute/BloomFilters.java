package io.glulam.execute;

import io.glulam.error.CorruptFile;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Statistics;
import io.glulam.source.SourceFile;
import io.glulam.splice.PageSummaries;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.BloomFilter;
import io.glulam.statistics.BloomFilterHeader;
import io.glulam.statistics.BloomFilterMerger;
import io.glulam.statistics.BloomFilterReason;
import io.glulam.statistics.BloomFilterResult;
import org.jspecify.annotations.Nullable;

/**
 * The bloom filter of a merged chunk that is not recoded: rebuilt from the union dictionary, else united, else none.
 * Recoded ones have theirs from their values.
 */
final class BloomFilters {
    /** Most bytes of a filter's bitset that is made anew, or held in memory. */
    static final int MAX_LENGTH = 1 << 20;

    private BloomFilters() {}

    /**
     * @param claims what may be believed of the sources' statistics
     * @param aids hears of one that cannot be read
     */
    static @Nullable BloomFilter merged(
            SourceFile file, SurveyedColumn column, PageSummaries claims, DroppedAids aids) {
        if (!areIn(column)) {
            return null;
        }
        if (column.isDictionaryEncodedThroughout()) {
            return column.bloomFilter(MAX_LENGTH).filter();
        }
        BloomFilterMerger merger = new BloomFilterMerger();
        for (int i = 0; i < column.fragments().size(); i++) {
            ColumnChunk chunk = column.fragments().get(i).chunk();
            add(merger, file, chunk, hasValues(chunk, claims.statistics(i)));
        }
        BloomFilterResult result = merger.merged();
        if (result.reason() == BloomFilterReason.UNREADABLE) {
            aids.add(column.fragments().get(0).rowGroup(), column.leaf().name(), "bloom filter", "it cannot be read");
        }
        return result.filter();
    }

    /** Whether any of the sources' chunks has one. */
    static boolean areIn(SurveyedColumn column) {
        return column.fragments().stream().anyMatch(fragment -> fragment.chunk().bloomFilterOffset() > 0);
    }

    /** Whether any of the sources' chunks has one, or has one that is damaged. */
    static boolean wereIn(SurveyedColumn column) {
        return column.fragments().stream()
                .anyMatch(fragment -> fragment.chunk().bloomFilterOffset() > 0
                        || fragment.chunk().bloomFilterOffset() == ColumnChunk.UNUSABLE);
    }

    private static boolean hasValues(ColumnChunk chunk, @Nullable Statistics believed) {
        return believed == null || believed.nullCount() != chunk.valueCount();
    }

    /** A filter is an aid: where one cannot be read, none is carried on. */
    private static void add(BloomFilterMerger merger, SourceFile file, ColumnChunk chunk, boolean hasValues) {
        long offset = chunk.bloomFilterOffset();
        if (offset <= 0) {
            merger.add(null, hasValues || offset != 0);
            return;
        }
        long length = chunk.bloomFilterLength() > 0 ? chunk.bloomFilterLength() : lengthByHeader(file, offset);
        if (length <= 0) {
            merger.addUnreadable();
            return;
        }
        if (length > Math.min(MAX_LENGTH + 64L, file.footer().offsetInFile() - offset)) {
            merger.add(null, true);
            return;
        }
        merger.addSerialized(read(file, offset, (int) length), offset);
    }

    /** What old footers do not tell; -1 if the header cannot be read. */
    private static long lengthByHeader(SourceFile file, long offset) {
        long available = file.footer().offsetInFile() - offset;
        if (available <= 0) {
            return -1;
        }
        byte[] bytes = read(file, offset, (int) Math.min(available, BloomFilterHeader.MAXIMUM_LENGTH));
        try {
            return BloomFilterHeader.parse(bytes, 0, bytes.length, offset).totalLength();
        } catch (CorruptFile e) {
            return -1;
        }
    }

    private static byte[] read(SourceFile file, long offset, int length) {
        byte[] bytes = new byte[length];
        file.bytes().read(offset, bytes, 0, length);
        return bytes;
    }
}
