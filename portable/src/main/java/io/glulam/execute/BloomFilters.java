package io.glulam.execute;

import io.glulam.error.CorruptFile;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Schema;
import io.glulam.format.Statistics;
import io.glulam.shape.BloomFilterForm;
import io.glulam.source.SourceFile;
import io.glulam.splice.PageSummaries;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.BloomFilter;
import io.glulam.statistics.BloomFilterHeader;
import io.glulam.statistics.BloomFilterMerger;
import io.glulam.statistics.BloomFilterReason;
import io.glulam.statistics.BloomFilterResult;
import java.util.Map;
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
     * @param asked what the table asks for; null for nothing
     * @param aids hears of one that cannot be read
     */
    static @Nullable BloomFilter merged(
            SurveyedColumn column, PageSummaries claims, @Nullable BloomFilterForm asked, DroppedAids aids) {
        if (asked != null && column.isDictionaryEncodedThroughout()) {
            return column.bloomFilter(asked.falsePositiveRate(), longest(asked)).filter();
        }
        if (!areIn(column)) {
            return null;
        }
        if (column.isDictionaryEncodedThroughout()) {
            return column.bloomFilter(MAX_LENGTH).filter();
        }
        return united(column, claims, aids);
    }

    /** Returns the sources' filters united; null if that cannot be done. */
    private static @Nullable BloomFilter united(SurveyedColumn column, PageSummaries claims, DroppedAids aids) {
        BloomFilterMerger merger = new BloomFilterMerger();
        for (int i = 0; i < column.fragments().size(); i++) {
            ColumnChunk chunk = column.fragments().get(i).chunk();
            add(merger, column.file(), chunk, hasValues(chunk, claims.statistics(i)));
        }
        BloomFilterResult result = merger.merged();
        if (result.reason() == BloomFilterReason.UNREADABLE) {
            aids.add(column.fragments().get(0).rowGroup(), column.leaf().name(), "bloom filter", "it cannot be read");
        }
        return result.filter();
    }

    /** Returns the filter that a table asks for in a column; null for none, and for columns that have no filters. */
    static @Nullable BloomFilterForm asked(Map<Integer, BloomFilterForm> forms, Schema schema, Leaf leaf) {
        if (forms.isEmpty()) { // TeaVM's copy of an empty map divides by zero when it is asked for a key.
            return null;
        }
        Integer id = schema.node(leaf).fieldId();
        return id == null || leaf.type() == PhysicalType.BOOLEAN ? null : forms.get(id);
    }

    /** Returns how long the bitset of a filter that is asked for may be. */
    static int longest(BloomFilterForm asked) {
        return Math.min(asked.maxBytes(), MAX_LENGTH);
    }

    /** Returns the sources' filters united, if they keep the rate that is asked for; otherwise null. */
    static @Nullable BloomFilter unitedWithin(
            SurveyedColumn column, PageSummaries claims, BloomFilterForm asked, DroppedAids aids) {
        BloomFilter united = areIn(column) ? united(column, claims, aids) : null;
        return united == null || united.falsePositiveRate() > asked.falsePositiveRate() ? null : united;
    }

    /** Returns whether any of the sources' chunks has one. */
    static boolean areIn(SurveyedColumn column) {
        return column.fragments().stream().anyMatch(fragment -> fragment.chunk().bloomFilterOffset() > 0);
    }

    /** Returns whether any of the sources' chunks has one, or has one that is damaged. */
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

    /** Returns the length that old footers lack; -1 if the header cannot be read. */
    private static long lengthByHeader(SourceFile file, long offset) {
        long available = file.footer().offsetInFile() - offset;
        if (available <= 0) {
            return -1;
        }
        byte[] bytes = read(file, offset, (int) Math.min(available, BloomFilterHeader.MAX_LENGTH));
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
