package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.PageIndexLimits;
import io.glulam.page.ByteSource;
import io.glulam.source.FragmentChunk;
import io.glulam.statistics.BelievedClaims.Contradiction;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the page indexes of a surveyed column's fragments. An index is an aid: one that cannot be read, or is not of the
 * pages that there are, is left out, and why. Not thread-safe.
 */
final class SourceIndexes {
    private static final String OFFSET_INDEX = "offset index";
    private static final String COLUMN_INDEX = "column index";
    private static final String UNREADABLE = "it cannot be read";
    private static final Indexes NONE = new Indexes(null, null, List.of());

    private final ByteSource source;
    private final SurveyedColumn column;
    private final Leaf leaf;
    private final PageTable pages;

    /**
     * The page indexes of one fragment.
     *
     * @param offsets of just the pages that there are; null if absent or left out
     * @param columnIndex of as many pages; null if absent or left out, as it is without an offset index
     * @param problems why one is left out
     */
    record Indexes(@Nullable OffsetIndex offsets, @Nullable ColumnIndex columnIndex, List<Contradiction> problems) {}

    SourceIndexes(SurveyedColumn column) {
        this.source = column.file().bytes();
        this.column = column;
        this.leaf = column.leaf();
        this.pages = column.pages();
    }

    /** Reads those of a fragment with the data pages {@code [from, to)}. */
    Indexes read(FragmentChunk fragment, int from, int to) {
        ColumnChunk chunk = fragment.chunk();
        if (chunk.offsetIndexOffset() == 0 && chunk.columnIndexOffset() == 0) {
            return NONE;
        }
        List<Contradiction> problems = new ArrayList<>();
        OffsetIndex offsets = offsetIndex(chunk, from, to, fragment.rows(), problems);
        ColumnIndex index = offsets == null ? null : columnIndex(chunk, to - from, problems);
        boolean damaged = !problems.isEmpty() || chunk.offsetIndexOffset() == ColumnChunk.UNUSABLE;
        if (offsets == null && damaged && chunk.columnIndexOffset() > 0) {
            problems.add(new Contradiction(COLUMN_INDEX, "the offset index beside it is left out"));
        }
        return new Indexes(offsets, index, problems);
    }

    private @Nullable OffsetIndex offsetIndex(
            ColumnChunk chunk, int from, int to, long rows, List<Contradiction> problems) {
        byte[] bytes = bytes(chunk.offsetIndexOffset(), chunk.offsetIndexLength(), OFFSET_INDEX, problems);
        if (bytes == null) {
            return null;
        }
        try {
            OffsetIndex index = OffsetIndex.parse(bytes, 0, bytes.length, chunk.offsetIndexOffset());
            if (isOfPages(index, from, to, rows)) {
                return index;
            }
            // One that lists pages without values is right, and of no use where those do not move.
            if (!column.hasStrayPages()) {
                problems.add(new Contradiction(OFFSET_INDEX, "it is not of the column chunk's pages and rows"));
            }
        } catch (CorruptFile failure) {
            problems.add(new Contradiction(OFFSET_INDEX, UNREADABLE));
        }
        return null;
    }

    /** Whether the index lists just our pages, and its rows rise as their headers say. */
    private boolean isOfPages(OffsetIndex index, int from, int to, long chunkRows) {
        if (index.pageCount() != to - from || index.firstRows()[0] != 0) {
            return false;
        }
        for (int i = 0; i < index.pageCount(); i++) {
            long next = i + 1 < index.pageCount() ? index.firstRows()[i + 1] : chunkRows;
            int page = from + i;
            if (index.offsets()[i] != pages.position(page)
                    || index.compressedSizes()[i] != pages.storedLength(page)
                    || next <= index.firstRows()[i]
                    || leaf.maxRepetitionLevel() == 0 && next - index.firstRows()[i] != pages.valueCount(page)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable ColumnIndex columnIndex(ColumnChunk chunk, int pageCount, List<Contradiction> problems) {
        byte[] bytes = bytes(chunk.columnIndexOffset(), chunk.columnIndexLength(), COLUMN_INDEX, problems);
        if (bytes == null) {
            return null;
        }
        try {
            ColumnIndex index = ColumnIndex.parse(bytes, 0, bytes.length, chunk.columnIndexOffset());
            if (index.pageCount() == pageCount) {
                return index;
            }
            problems.add(new Contradiction(COLUMN_INDEX, "it has another number of pages than the column chunk"));
        } catch (CorruptFile failure) {
            problems.add(new Contradiction(COLUMN_INDEX, UNREADABLE));
        }
        return null;
    }

    private byte @Nullable [] bytes(long offset, int length, String aid, List<Contradiction> problems) {
        if (offset <= 0 || length <= 0 || offset + length > source.size()) {
            return null;
        }
        if (length > PageIndexLimits.MAX_MERGED_BYTES) {
            problems.add(
                    new Contradiction(aid, "it is longer than " + (PageIndexLimits.MAX_MERGED_BYTES >> 20) + " MiB"));
            return null;
        }
        byte[] bytes = new byte[length];
        source.read(offset, bytes, 0, length);
        return bytes;
    }
}
