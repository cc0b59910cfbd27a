package io.glulam.footer;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.PageEncodingStats;
import io.glulam.format.SizeStatistics;
import io.glulam.format.SortingColumn;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/** Writes the {@code RowGroup} struct of a row group that is new. */
final class MergedRowGroup {
    private final ThriftWriter out;

    MergedRowGroup(ThriftWriter out) {
        this.out = out;
    }

    /** @param ordinal -1 to leave it out */
    void write(
            List<Leaf> leaves,
            Iterator<ColumnChunk> chunks,
            long rows,
            List<SortingColumn> sortingColumns,
            int ordinal) {
        long uncompressed = 0;
        long compressed = 0;
        long start = 0;
        int outer = out.enterStruct();
        out.field(1, ThriftReader.LIST);
        out.listHeader(ThriftReader.STRUCT, leaves.size());
        for (Leaf leaf : leaves) {
            ColumnChunk chunk = chunks.next();
            writeChunk(leaf, chunk);
            uncompressed += chunk.uncompressedSize();
            compressed += chunk.compressedSize();
            if (start == 0 && chunk.compressedSize() > 0) {
                start = chunk.start();
            }
        }
        out.i64Field(2, uncompressed);
        out.i64Field(3, rows);
        if (!sortingColumns.isEmpty()) {
            out.field(4, ThriftReader.LIST);
            SortingColumns.writeList(sortingColumns, out);
        }
        out.i64Field(5, start);
        out.i64Field(6, compressed);
        if (ordinal >= 0) {
            out.field(7, ThriftReader.I16);
            out.writeI32(ordinal);
        }
        out.leaveStruct(outer);
    }

    void writeChunk(Leaf leaf, ColumnChunk chunk) {
        int outer = out.enterStruct();
        // Deprecated and required: 0 says that there is no copy of the metadata outside the footer.
        out.i64Field(2, 0);
        out.field(3, ThriftReader.STRUCT);
        writeMetaData(leaf, chunk);
        if (chunk.offsetIndexOffset() > 0) {
            out.i64Field(4, chunk.offsetIndexOffset());
            out.i32Field(5, chunk.offsetIndexLength());
        }
        if (chunk.columnIndexOffset() > 0) {
            out.i64Field(6, chunk.columnIndexOffset());
            out.i32Field(7, chunk.columnIndexLength());
        }
        out.leaveStruct(outer);
    }

    private void writeMetaData(Leaf leaf, ColumnChunk chunk) {
        int outer = out.enterStruct();
        out.i32Field(1, chunk.type());
        out.field(2, ThriftReader.LIST);
        out.listHeader(ThriftReader.I32, chunk.encodings().length);
        for (int encoding : chunk.encodings()) {
            out.writeI32(encoding);
        }
        out.field(3, ThriftReader.LIST);
        out.listHeader(ThriftReader.BINARY, leaf.path().size());
        for (String name : leaf.path()) {
            out.writeBinary(name.getBytes(StandardCharsets.UTF_8));
        }
        out.i32Field(4, chunk.codec());
        out.i64Field(5, chunk.valueCount());
        out.i64Field(6, chunk.uncompressedSize());
        out.i64Field(7, chunk.compressedSize());
        if (chunk.keyValueMetadata() != null) {
            out.rawField(8, ThriftReader.LIST, chunk.keyValueMetadata());
        }
        out.i64Field(9, chunk.dataPageOffset());
        offset(10, chunk.indexPageOffset());
        offset(11, chunk.dictionaryPageOffset());
        if (chunk.statistics() != null) {
            out.field(12, ThriftReader.STRUCT);
            chunk.statistics().write(out);
        }
        writeEncodingStats(chunk.encodingStats());
        offset(14, chunk.bloomFilterOffset());
        if (chunk.bloomFilterOffset() > 0 && chunk.bloomFilterLength() >= 0) {
            out.i32Field(15, chunk.bloomFilterLength());
        }
        if (chunk.sizeStatistics() != null) {
            out.field(16, ThriftReader.STRUCT);
            writeSizeStatistics(chunk.sizeStatistics());
        }
        if (chunk.geospatialStatistics() != null) {
            out.rawField(17, ThriftReader.STRUCT, chunk.geospatialStatistics());
        }
        out.leaveStruct(outer);
    }

    private void offset(int id, long offset) {
        if (offset > 0) {
            out.i64Field(id, offset);
        }
    }

    private void writeEncodingStats(List<PageEncodingStats> stats) {
        if (stats.isEmpty()) {
            return;
        }
        out.field(13, ThriftReader.LIST);
        out.listHeader(ThriftReader.STRUCT, stats.size());
        for (PageEncodingStats entry : stats) {
            int outer = out.enterStruct();
            out.i32Field(1, entry.pageType());
            out.i32Field(2, entry.encoding());
            out.i32Field(3, entry.count());
            out.leaveStruct(outer);
        }
    }

    private void writeSizeStatistics(SizeStatistics statistics) {
        int outer = out.enterStruct();
        if (statistics.unencodedByteArrayBytes() >= 0) {
            out.i64Field(1, statistics.unencodedByteArrayBytes());
        }
        writeHistogram(2, statistics.repetitionLevels());
        writeHistogram(3, statistics.definitionLevels());
        out.leaveStruct(outer);
    }

    private void writeHistogram(int id, long[] counts) {
        if (counts.length == 0) {
            return;
        }
        out.field(id, ThriftReader.LIST);
        out.listHeader(ThriftReader.I64, counts.length);
        for (long count : counts) {
            out.writeI64(count);
        }
    }
}
