package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import io.glulam.page.ByteSource;
import io.glulam.source.Fragment;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import io.glulam.statistics.PageSummary;
import io.glulam.statistics.StatisticsMerger;
import io.glulam.statistics.ValueOrder;
import io.glulam.statistics.WriterTrust;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the source says of each data page of a surveyed column: rows, nulls and bounds, from its page index where there
 * is one, else from the page's header, else from the chunk's statistics, whose bounds hold for each of its pages.
 */
public final class PageSummaries {
    private static final long[] UNKNOWN = {};
    private static final int MAX_INDEX = 8 << 20;

    private final SurveyedColumn column;
    private final PageTable pages;
    private final Leaf leaf;
    private final WriterTrust trust;
    private final boolean ordersDeclared;
    private final ByteSource source;
    private final PageSummary[] summaries;
    private final int[] rows;

    public PageSummaries(SurveyedColumn column, WriterTrust trust, boolean columnOrdersDeclared, ByteSource source) {
        this.column = column;
        this.pages = column.pages();
        this.leaf = column.leaf();
        this.trust = trust;
        this.ordersDeclared = columnOrdersDeclared;
        this.source = source;
        this.summaries = new PageSummary[pages.count()];
        this.rows = new int[pages.count()];
        int page = 0;
        while (page < pages.count()) {
            int end = page + 1;
            while (end < pages.count() && pages.fragment(end) == pages.fragment(page)) {
                end++;
            }
            summarise(page, end);
            page = end;
        }
    }

    /** Rows that begin in a source page; -1 if unknown. */
    public int rows(int page) {
        return rows[page];
    }

    /** What is known of an output page made of the source pages {@code [from, to)}, with its own counts if known. */
    public PageSummary summary(int from, int to, int valueCount, int nullCount) {
        if (to - from == 1 && nullCount < 0) {
            return summaries[from];
        }
        ValueOrder order = ValueOrder.of(leaf);
        byte[] min = null;
        byte[] max = null;
        boolean bounded = order.isDefined();
        for (int page = from; page < to && bounded; page++) {
            PageSummary part = summaries[page];
            if (Boolean.TRUE.equals(part.allNull())) {
                continue;
            }
            if (part.min() == null || part.max() == null) {
                bounded = false;
                continue;
            }
            min = min == null || order.compare(part.min(), min) < 0 ? part.min() : min;
            max = max == null || order.compare(part.max(), max) > 0 ? part.max() : max;
        }
        return new PageSummary(
                valueCount,
                nullCount,
                -1,
                nullCount == valueCount,
                bounded ? min : null,
                bounded ? max : null,
                UNKNOWN,
                UNKNOWN);
    }

    private void summarise(int from, int to) {
        Fragment fragment = column.fragments().get(pages.fragment(from));
        ColumnChunk chunk = fragment.chunk();
        @Nullable OffsetIndex offsets = offsetIndex(chunk, from, to, fragment.rows());
        @Nullable ColumnIndex bounds = offsets == null ? null : columnIndex(chunk, to - from);
        @Nullable Statistics whole = sanitised(chunk.statistics(), chunk.valueCount());
        boolean headerRows = rowsAddUp(from, to, fragment.rows());
        boolean headerNulls = whole != null && nullsAddUp(from, to, whole.nullCount());
        for (int page = from; page < to; page++) {
            rows[page] = rowCount(page, from, offsets, fragment.rows(), headerRows);
            summaries[page] = bounds != null
                    ? fromIndex(bounds, page, page - from, headerNulls)
                    : fromStatistics(page, whole, to - from, headerNulls);
        }
    }

    private int rowCount(int page, int first, @Nullable OffsetIndex offsets, long chunkRows, boolean headerRows) {
        if (leaf.maxRepetitionLevel() == 0) {
            return pages.valueCount(page);
        }
        if (offsets != null) {
            int entry = page - first;
            long next = entry + 1 < offsets.pageCount() ? offsets.firstRows()[entry + 1] : chunkRows;
            int indexed = (int) (next - offsets.firstRows()[entry]);
            return pages.rowCount(page) < 0 || pages.rowCount(page) == indexed ? indexed : -1;
        }
        return headerRows ? pages.rowCount(page) : -1;
    }

    /** Arrow C++ has written the number of values as {@code num_rows}: no offset index may come from that. */
    private boolean rowsAddUp(int from, int to, long chunkRows) {
        long sum = 0;
        for (int page = from; page < to; page++) {
            if (pages.rowCount(page) < 0) {
                return false;
            }
            sum += pages.rowCount(page);
        }
        return sum == chunkRows;
    }

    /** Arrow C++ writes 0 as {@code num_nulls} where it keeps no statistics, so the chunk's have to confirm it. */
    private boolean nullsAddUp(int from, int to, long chunkNulls) {
        long sum = 0;
        for (int page = from; page < to; page++) {
            if (pages.nullCount(page) < 0) {
                return false;
            }
            sum += pages.nullCount(page);
        }
        return sum == chunkNulls;
    }

    private @Nullable OffsetIndex offsetIndex(ColumnChunk chunk, int from, int to, long chunkRows) {
        byte[] bytes = bytes(chunk.offsetIndexOffset(), chunk.offsetIndexLength());
        if (bytes == null) {
            return null;
        }
        try {
            OffsetIndex index = OffsetIndex.parse(bytes, 0, bytes.length, chunk.offsetIndexOffset());
            return isOfPages(index, from, to, chunkRows) ? index : null;
        } catch (CorruptFile e) {
            // A page index is an aid: one that cannot be read is not carried on.
            return null;
        }
    }

    /** Whether the index lists just our pages and its rows rise. */
    private boolean isOfPages(OffsetIndex index, int from, int to, long chunkRows) {
        if (index.pageCount() != to - from || index.firstRows()[0] != 0) {
            return false;
        }
        for (int i = 0; i < index.pageCount(); i++) {
            long next = i + 1 < index.pageCount() ? index.firstRows()[i + 1] : chunkRows;
            if (index.offsets()[i] != pages.position(from + i) || next <= index.firstRows()[i]) {
                return false;
            }
        }
        return true;
    }

    private @Nullable ColumnIndex columnIndex(ColumnChunk chunk, int pageCount) {
        byte[] bytes = bytes(chunk.columnIndexOffset(), chunk.columnIndexLength());
        if (bytes == null) {
            return null;
        }
        try {
            ColumnIndex index = ColumnIndex.parse(bytes, 0, bytes.length, chunk.columnIndexOffset());
            return index.pageCount() == pageCount ? index : null;
        } catch (CorruptFile e) {
            // As above.
            return null;
        }
    }

    private byte @Nullable [] bytes(long offset, int length) {
        if (offset <= 0 || length <= 0 || length > MAX_INDEX || offset + length > source.size()) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.read(offset, bytes, 0, length);
        return bytes;
    }

    private PageSummary fromIndex(ColumnIndex index, int page, int entry, boolean headerNulls) {
        ValueOrder order = ValueOrder.of(leaf);
        boolean allNull = index.nullPages()[entry];
        byte[] min = index.minValues()[entry];
        byte[] max = index.maxValues()[entry];
        boolean valid =
                !allNull && trust.trustsBounds(leaf, ordersDeclared) && order.isDefined() && order.isRange(min, max);
        long nullCount =
                index.nullCounts().length > 0 ? index.nullCounts()[entry] : headerNulls ? pages.nullCount(page) : -1;
        return new PageSummary(
                pages.valueCount(page),
                nullCount,
                index.nanCounts().length > 0 ? index.nanCounts()[entry] : -1,
                allNull,
                valid ? min : null,
                valid ? max : null,
                index.histogram(index.repetitionLevels(), entry, leaf.maxRepetitionLevel() + 1),
                index.histogram(index.definitionLevels(), entry, leaf.maxDefinitionLevel() + 1));
    }

    private PageSummary fromStatistics(int page, @Nullable Statistics whole, int pagesOfChunk, boolean headerNulls) {
        int values = pages.valueCount(page);
        @Nullable Statistics own = sanitised(pages.statistics(page), values);
        long nullCount = leaf.maxDefinitionLevel() == 0 ? 0 : headerNulls ? pages.nullCount(page) : -1;
        if (nullCount < 0 && own != null) {
            nullCount = own.nullCount();
        }
        if (nullCount < 0 && whole != null && (pagesOfChunk == 1 || whole.nullCount() == 0)) {
            nullCount = whole.nullCount();
        }
        Statistics bounds = own != null && own.minValue() != null && own.maxValue() != null ? own : whole;
        return new PageSummary(
                values,
                nullCount,
                -1,
                nullCount < 0 ? null : nullCount == values,
                bounds == null ? null : bounds.minValue(),
                bounds == null ? null : bounds.maxValue(),
                UNKNOWN,
                UNKNOWN);
    }

    /** Only what may be believed of the statistics. */
    private @Nullable Statistics sanitised(@Nullable Statistics statistics, long valueCount) {
        if (statistics == null) {
            return null;
        }
        StatisticsMerger merger = new StatisticsMerger(leaf, trust, ordersDeclared);
        merger.add(statistics, valueCount);
        return merger.merged();
    }

    /** Whether the rows of every page are known. */
    public boolean rowsKnown() {
        return Arrays.stream(rows).noneMatch(count -> count < 0);
    }
}
