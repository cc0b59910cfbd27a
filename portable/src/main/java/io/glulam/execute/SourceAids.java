package io.glulam.execute;

import io.glulam.error.CorruptFile;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.PageIndexLimits;
import io.glulam.source.SourceBytes;
import io.glulam.statistics.BloomFilterHeader;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import org.jspecify.annotations.Nullable;

/**
 * Reads bloom filters and page indexes of kept row groups, which the new file carries on as they are. Each is null if the
 * chunk has none, or if it is damaged: then {@link DroppedAids} hears of it.
 */
final class SourceAids {
    private static final String COLUMN_INDEX = "column index";
    private static final String OFFSET_INDEX = "offset index";
    private static final String UNREADABLE = "it cannot be read";

    private final Footer footer;
    private final SourceBytes source;
    private final DroppedAids dropped;

    SourceAids(Footer footer, SourceBytes source, DroppedAids dropped) {
        this.footer = footer;
        this.source = source;
        this.dropped = dropped;
    }

    /** The bloom filter with its header. */
    byte @Nullable [] bloomFilter(int rowGroup, int column, ColumnChunk chunk, long shift) {
        long offset = chunk.bloomFilterOffset();
        if (!isUsable(rowGroup, column, offset, "bloom filter")) {
            return null;
        }
        long available = footer.offsetInFile() - offset;
        byte[] start = read(offset, (int) Math.min(BloomFilterHeader.MAX_LENGTH, available));
        try {
            BloomFilterHeader header = BloomFilterHeader.parse(start, 0, start.length, offset);
            int length = chunk.bloomFilterLength() > 0 ? chunk.bloomFilterLength() : header.totalLength();
            if (length >= header.totalLength() && length <= available) {
                return read(offset, length);
            }
            drop(rowGroup, column, "bloom filter", "its header tells of more bytes than there are");
        } catch (CorruptFile failure) {
            drop(rowGroup, column, "bloom filter", "its header cannot be read");
        }
        return null;
    }

    private void drop(int rowGroup, int column, String aid, String problem) {
        dropped.add(rowGroup, footer.schema().leaves().get(column).name(), aid, problem);
    }

    private boolean isUsable(int rowGroup, int column, long offset, String aid) {
        if (offset == ColumnChunk.UNUSABLE) {
            drop(rowGroup, column, aid, DroppedAids.OUTSIDE);
        }
        return offset > 0;
    }

    /** The column index. */
    byte @Nullable [] columnIndex(int rowGroup, int column, ColumnChunk chunk, long shift) {
        long offset = chunk.columnIndexOffset();
        if (!isUsable(rowGroup, column, offset, COLUMN_INDEX)
                || !fits(rowGroup, column, chunk.columnIndexLength(), COLUMN_INDEX)) {
            return null;
        }
        byte[] bytes = read(offset, chunk.columnIndexLength());
        try {
            ColumnIndex.parse(bytes, 0, bytes.length, offset);
            return bytes;
        } catch (CorruptFile failure) {
            drop(rowGroup, column, COLUMN_INDEX, UNREADABLE);
            return null;
        }
    }

    /**
     * The offset index, relocated.
     *
     * @param shift bytes by which the column chunk moves
     */
    byte @Nullable [] offsetIndex(int rowGroup, int column, ColumnChunk chunk, long shift) {
        long offset = chunk.offsetIndexOffset();
        if (!isUsable(rowGroup, column, offset, OFFSET_INDEX)
                || !fits(rowGroup, column, chunk.offsetIndexLength(), OFFSET_INDEX)) {
            return null;
        }
        try {
            return OffsetIndex.relocate(read(offset, chunk.offsetIndexLength()), offset, shift);
        } catch (CorruptFile failure) {
            drop(rowGroup, column, OFFSET_INDEX, UNREADABLE);
            return null;
        }
    }

    private boolean fits(int rowGroup, int column, int length, String aid) {
        if (length > PageIndexLimits.MAX_BYTES) {
            drop(rowGroup, column, aid, "it is longer than " + (PageIndexLimits.MAX_BYTES >> 20) + " MiB");
        }
        return length <= PageIndexLimits.MAX_BYTES;
    }

    private byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        source.read(offset, bytes, 0, length);
        return bytes;
    }
}
