package io.glulam.footer;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * Writes a footer anew with every chunk moved, and says what the oracle should then read. Indexes and bloom filters
 * that cannot lie where the source says are dropped; the file's number of rows is the sum of its row groups'.
 */
final class Relocation {
    private final Footer source;
    private final long shift;
    private final FooterSink sink = new FooterSink();
    private final FooterWriter writer;

    Relocation(Footer source, long shift) {
        this.source = source;
        this.shift = shift;
        writer = new FooterWriter(source, source.rowGroupCount(), false, sink);
    }

    FooterWriter writer() {
        return writer;
    }

    /** The new footer's bytes, without length and magic. */
    byte[] write() {
        for (int i = 0; i < source.rowGroupCount(); i++) {
            writer.keep(i, moves(i));
        }
        writer.finish();
        return sink.footer();
    }

    /** Pages by the shift, indexes and bloom filter by other amounts. */
    List<ChunkMove> moves(int rowGroup) {
        List<ChunkMove> moves = new ArrayList<>();
        for (int leaf = 0; leaf < source.schema().leaves().size(); leaf++) {
            ColumnChunk chunk = source.chunk(rowGroup, leaf);
            moves.add(new ChunkMove(
                    shift,
                    usable(chunk.bloomFilterOffset(), offset -> offset + 2 * shift),
                    usable(chunk.offsetIndexOffset(), offset -> offset + 3 * shift),
                    chunk.offsetIndexLength() + (shift == 0 ? 0 : 1),
                    usable(chunk.columnIndexOffset(), offset -> offset + 4 * shift),
                    chunk.columnIndexLength()));
        }
        return moves;
    }

    /** What of the source's {@code oracle} changes, and nothing else. */
    FileMetaData expected(FileMetaData oracle) {
        FileMetaData moved = oracle.deepCopy();
        moved.setNum_rows(FooterComparison.sumOfRows(oracle));
        for (int i = 0; i < moved.getRow_groupsSize(); i++) {
            RowGroup rowGroup = moved.getRow_groups().get(i);
            if (rowGroup.getFile_offset() != 0) {
                rowGroup.setFile_offset(Math.max(0, rowGroup.getFile_offset() + shift));
            }
            if (rowGroup.isSetOrdinal()) {
                rowGroup.setOrdinal((short) i);
            }
            for (Leaf leaf : source.schema().leaves()) {
                var chunk = rowGroup.getColumns().get(leaf.index());
                dropUnusable(chunk, source.chunk(i, leaf.index()));
                move(chunk);
            }
        }
        return moved;
    }

    private static void dropUnusable(org.apache.parquet.format.ColumnChunk chunk, ColumnChunk source) {
        if (source.offsetIndexOffset() == ColumnChunk.UNUSABLE) {
            chunk.setOffset_index_offset(0);
            chunk.unsetOffset_index_offset();
            chunk.unsetOffset_index_length();
        }
        if (source.columnIndexOffset() == ColumnChunk.UNUSABLE) {
            chunk.setColumn_index_offset(0);
            chunk.unsetColumn_index_offset();
            chunk.unsetColumn_index_length();
        }
        if (source.bloomFilterOffset() == ColumnChunk.UNUSABLE) {
            chunk.getMeta_data().setBloom_filter_offset(0);
            chunk.getMeta_data().unsetBloom_filter_offset();
            chunk.getMeta_data().unsetBloom_filter_length();
        }
    }

    private void move(org.apache.parquet.format.ColumnChunk chunk) {
        chunk.setFile_offset(present(chunk.getFile_offset(), offset -> Math.max(0, offset + shift)));
        ColumnMetaData metaData = chunk.getMeta_data();
        metaData.setData_page_offset(present(metaData.getData_page_offset(), offset -> offset + shift));
        if (metaData.getIndex_page_offset() != 0) {
            metaData.setIndex_page_offset(metaData.getIndex_page_offset() + shift);
        }
        if (metaData.getDictionary_page_offset() != 0) {
            metaData.setDictionary_page_offset(metaData.getDictionary_page_offset() + shift);
        }
        if (metaData.getBloom_filter_offset() != 0) {
            metaData.setBloom_filter_offset(metaData.getBloom_filter_offset() + 2 * shift);
        }
        if (chunk.getOffset_index_offset() != 0) {
            chunk.setOffset_index_offset(chunk.getOffset_index_offset() + 3 * shift);
            if (chunk.isSetOffset_index_length()) {
                chunk.setOffset_index_length(chunk.getOffset_index_length() + (shift == 0 ? 0 : 1));
            }
        }
        if (chunk.getColumn_index_offset() != 0) {
            chunk.setColumn_index_offset(chunk.getColumn_index_offset() + 4 * shift);
        }
    }

    private static long usable(long offset, LongUnaryOperator change) {
        return offset == ColumnChunk.UNUSABLE ? 0 : present(offset, change);
    }

    private static long present(long offset, LongUnaryOperator change) {
        return offset == 0 ? 0 : change.applyAsLong(offset);
    }
}
