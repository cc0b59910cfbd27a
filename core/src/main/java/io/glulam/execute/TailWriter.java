package io.glulam.execute;

import io.glulam.error.CorruptFile;
import io.glulam.footer.ChunkMove;
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

    private final Footer footer;
    private final SourceBytes source;
    private final CheckedOutput output;
    private final List<OutputRowGroup> rowGroups;
    private final int columns;
    private final List<String> dropped = new ArrayList<>();
    private final long[] bloomOffsets;
    private final long[] columnIndexOffsets;
    private final int[] columnIndexLengths;
    private final long[] offsetIndexOffsets;
    private final int[] offsetIndexLengths;
    private final int[] bloomLengths;

    TailWriter(Footer footer, SourceBytes source, CheckedOutput output, List<OutputRowGroup> rowGroups) {
        this.footer = footer;
        this.source = source;
        this.output = output;
        this.rowGroups = rowGroups;
        this.columns = footer.schema().leaves().size();
        int chunks = Math.multiplyExact(rowGroups.size(), columns);
        bloomOffsets = new long[chunks];
        bloomLengths = new int[chunks];
        columnIndexOffsets = new long[chunks];
        columnIndexLengths = new int[chunks];
        offsetIndexOffsets = new long[chunks];
        offsetIndexLengths = new int[chunks];
    }

    /** Writes everything; the result is what could not be carried along, with reasons. */
    List<String> write(boolean strict) {
        forEachChunk(this::writeBloomFilter);
        forEachChunk(this::writeColumnIndex);
        forEachChunk(this::writeOffsetIndex);
        writeFooter(strict);
        return dropped;
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
            bytes = sourceBloomFilter(footer.chunk(kept.sourceRowGroup(), column));
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

    private byte @Nullable [] sourceBloomFilter(ColumnChunk chunk) {
        long offset = chunk.bloomFilterOffset();
        if (offset <= 0) {
            return null;
        }
        int length = chunk.bloomFilterLength();
        if (length < 0) {
            byte[] start = read(offset, (int) Math.min(BloomFilterHeader.MAXIMUM_LENGTH, source.size() - offset));
            try {
                length = BloomFilterHeader.parse(start, 0, start.length, offset).totalLength();
            } catch (CorruptFile failure) {
                dropped.add("a bloom filter whose length nobody tells: " + failure.getMessage());
                return null;
            }
        }
        return fits(offset, length, "a bloom filter") ? read(offset, length) : null;
    }

    private void writeColumnIndex(int slot, OutputRowGroup rowGroup, int column) {
        byte[] bytes = null;
        if (rowGroup instanceof OutputRowGroup.Kept kept) {
            ColumnChunk chunk = footer.chunk(kept.sourceRowGroup(), column);
            if (chunk.columnIndexOffset() > 0
                    && fits(chunk.columnIndexOffset(), chunk.columnIndexLength(), "a column index")) {
                bytes = read(chunk.columnIndexOffset(), chunk.columnIndexLength());
            }
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
            bytes = sourceOffsetIndex(footer.chunk(kept.sourceRowGroup(), column), kept.shifts()[column]);
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

    private byte @Nullable [] sourceOffsetIndex(ColumnChunk chunk, long shift) {
        long offset = chunk.offsetIndexOffset();
        if (offset <= 0 || !fits(offset, chunk.offsetIndexLength(), "an offset index")) {
            return null;
        }
        try {
            return OffsetIndex.relocate(read(offset, chunk.offsetIndexLength()), offset, shift);
        } catch (CorruptFile failure) {
            dropped.add("an offset index that cannot be read: " + failure.getMessage());
            return null;
        }
    }

    private boolean fits(long offset, int length, String what) {
        if (length > 0 && length <= MAX_INDEX && offset + length <= source.size()) {
            return true;
        }
        dropped.add(what + " of " + length + " bytes at " + offset + ", which cannot be true");
        return false;
    }

    private byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        source.read(offset, bytes, 0, length);
        return bytes;
    }

    private void writeFooter(boolean strict) {
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
        writer.droppedFields().forEach(field -> dropped.add(field.thriftPath() + ": " + field.reason()));
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
                    columnIndexLengths[at]));
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
