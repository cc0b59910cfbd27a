package io.glulam.execute;

import io.glulam.error.CorruptFile;
import io.glulam.footer.ChunkMove;
import io.glulam.footer.DroppedField;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterWriter;
import io.glulam.format.ColumnChunk;
import io.glulam.format.ThriftWriter;
import io.glulam.pipeline.CheckedOutput;
import io.glulam.source.SourceBytes;
import io.glulam.splice.MergedChunk;
import io.glulam.statistics.BloomFilterHeader;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what follows the row groups: bloom filters, column indexes, offset indexes, footer. Those of kept row groups
 * come from the source, their offsets relocated.
 */
final class TailWriter {
    /** An index longer than this is no index; reading it would not fit the memory. */
    private static final int MAX_INDEX = 16 << 20;

    private static final String COLUMN_INDEX = "column index";
    private static final String OFFSET_INDEX = "offset index";
    private static final String UNREADABLE = "it cannot be read";

    private final Footer footer;
    private final SourceBytes source;
    private final CheckedOutput output;
    private final List<OutputRowGroup> rowGroups;
    private final int columns;
    private final DroppedAids dropped;
    private final long[] bloomOffsets;
    private final long[] columnIndexOffsets;
    private final int[] columnIndexLengths;
    private final long[] offsetIndexOffsets;
    private final int[] offsetIndexLengths;
    private final int[] bloomLengths;

    TailWriter(
            Footer footer,
            SourceBytes source,
            CheckedOutput output,
            List<OutputRowGroup> rowGroups,
            DroppedAids dropped) {
        this.footer = footer;
        this.source = source;
        this.output = output;
        this.rowGroups = rowGroups;
        this.dropped = dropped;
        this.columns = footer.schema().leaves().size();
        int chunks = Math.multiplyExact(rowGroups.size(), columns);
        bloomOffsets = new long[chunks];
        bloomLengths = new int[chunks];
        columnIndexOffsets = new long[chunks];
        columnIndexLengths = new int[chunks];
        offsetIndexOffsets = new long[chunks];
        offsetIndexLengths = new int[chunks];
    }

    /** Writes everything; the result is the footer's fields that could not be carried along. */
    List<DroppedField> write(boolean strict) {
        forEachChunk(this::writeBloomFilter);
        forEachChunk(this::writeColumnIndex);
        forEachChunk(this::writeOffsetIndex);
        return writeFooter(strict);
    }

    private interface ChunkAction {
        void accept(int slot, OutputRowGroup rowGroup, int column);
    }

    private void forEachChunk(ChunkAction action) {
        for (int i = 0; i < rowGroups.size(); i++) {
            for (int column = 0; column < columns; column++) {
                action.accept(i * columns + column, rowGroups.get(i), column);
            }
        }
    }

    private void writeBloomFilter(int slot, OutputRowGroup rowGroup, int column) {
        byte[] bytes = null;
        if (rowGroup instanceof OutputRowGroup.Kept kept) {
            bytes = sourceBloomFilter(kept.sourceRowGroup(), column);
        } else if (rowGroup instanceof OutputRowGroup.Merged merged) {
            MergedChunk chunk = merged.chunks().get(column);
            bytes = chunk.bloomFilter() == null ? null : chunk.bloomFilter().toByteArray();
        }
        if (bytes != null) {
            bloomOffsets[slot] = output.position();
            bloomLengths[slot] = bytes.length;
            output.append(ByteBuffer.wrap(bytes));
        }
    }

    private byte @Nullable [] sourceBloomFilter(int rowGroup, int column) {
        ColumnChunk chunk = footer.chunk(rowGroup, column);
        long offset = chunk.bloomFilterOffset();
        if (!isUsable(rowGroup, column, offset, "bloom filter")) {
            return null;
        }
        long available = footer.offsetInFile() - offset;
        byte[] start = read(offset, (int) Math.min(BloomFilterHeader.MAXIMUM_LENGTH, available));
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

    private void writeColumnIndex(int slot, OutputRowGroup rowGroup, int column) {
        byte[] bytes = null;
        if (rowGroup instanceof OutputRowGroup.Kept kept) {
            bytes = sourceColumnIndex(kept.sourceRowGroup(), column);
        } else if (rowGroup instanceof OutputRowGroup.Merged merged) {
            ColumnIndex index = merged.chunks().get(column).columnIndex();
            bytes = index == null ? null : bytes(index::write);
        }
        if (bytes != null) {
            columnIndexOffsets[slot] = output.position();
            columnIndexLengths[slot] = bytes.length;
            output.append(ByteBuffer.wrap(bytes));
        }
    }

    private void writeOffsetIndex(int slot, OutputRowGroup rowGroup, int column) {
        byte[] bytes = null;
        if (rowGroup instanceof OutputRowGroup.Kept kept) {
            bytes = sourceOffsetIndex(kept.sourceRowGroup(), column, kept.shifts()[column]);
        } else if (rowGroup instanceof OutputRowGroup.Merged merged) {
            OffsetIndex index = merged.chunks().get(column).offsetIndex();
            bytes = index == null ? null : bytes(index::write);
        }
        if (bytes != null) {
            offsetIndexOffsets[slot] = output.position();
            offsetIndexLengths[slot] = bytes.length;
            output.append(ByteBuffer.wrap(bytes));
        }
    }

    private static byte[] bytes(Consumer<ThriftWriter> struct) {
        ThriftWriter out = new ThriftWriter(256);
        struct.accept(out);
        return out.toByteArray();
    }

    /** As it is in the source, if it is one. */
    private byte @Nullable [] sourceColumnIndex(int rowGroup, int column) {
        ColumnChunk chunk = footer.chunk(rowGroup, column);
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

    private byte @Nullable [] sourceOffsetIndex(int rowGroup, int column, long shift) {
        ColumnChunk chunk = footer.chunk(rowGroup, column);
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
        if (length > MAX_INDEX) {
            drop(rowGroup, column, aid, "it is longer than " + (MAX_INDEX >> 20) + " MiB");
        }
        return length <= MAX_INDEX;
    }

    private byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        source.read(offset, bytes, 0, length);
        return bytes;
    }

    private List<DroppedField> writeFooter(boolean strict) {
        FooterWriter writer = new FooterWriter(footer, rowGroups.size(), strict);
        for (int i = 0; i < rowGroups.size(); i++) {
            OutputRowGroup rowGroup = rowGroups.get(i);
            if (rowGroup instanceof OutputRowGroup.Kept kept) {
                writer.keep(kept.sourceRowGroup(), moves(i * columns, kept));
            } else if (rowGroup instanceof OutputRowGroup.Merged merged) {
                writer.merge(merged.rows(), chunks(i * columns, merged), merged.sortingColumns());
            }
        }
        output.append(writer.finish());
        return writer.droppedFields();
    }

    private List<ChunkMove> moves(int slot, OutputRowGroup.Kept kept) {
        List<ChunkMove> moves = new ArrayList<>(columns);
        for (int column = 0; column < columns; column++) {
            int at = slot + column;
            moves.add(new ChunkMove(
                    kept.shifts()[column],
                    bloomOffsets[at],
                    offsetIndexOffsets[at],
                    offsetIndexLengths[at],
                    columnIndexOffsets[at],
                    columnIndexLengths[at],
                    kept.surplus()[column]));
        }
        return moves;
    }

    private List<ColumnChunk> chunks(int slot, OutputRowGroup.Merged merged) {
        List<ColumnChunk> chunks = new ArrayList<>(columns);
        for (int column = 0; column < columns; column++) {
            int at = slot + column;
            chunks.add(merged.chunks()
                    .get(column)
                    .chunk()
                    .withTail(
                            bloomOffsets[at],
                            bloomLengths[at],
                            offsetIndexOffsets[at],
                            offsetIndexLengths[at],
                            columnIndexOffsets[at],
                            columnIndexLengths[at]));
        }
        return chunks;
    }
}
