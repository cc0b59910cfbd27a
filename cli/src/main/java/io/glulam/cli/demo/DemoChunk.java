package io.glulam.cli.demo;

import io.glulam.format.Encoding;
import io.glulam.format.PageType;
import io.glulam.format.Statistics;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.nio.charset.StandardCharsets;

/**
 * A column chunk that was written.
 *
 * @param column its column
 * @param start offset of its first byte
 * @param dataPageOffset offset of its data page
 * @param compressedSize bytes, page headers included
 * @param uncompressedSize bytes, page headers included
 * @param values nulls included
 * @param nulls values that are missing
 * @param range of its values
 */
@SuppressWarnings("EnumOrdinal") // The specification's enums: the ordinal is the Thrift value.
record DemoChunk(
        DemoColumn column,
        long start,
        long dataPageOffset,
        long compressedSize,
        long uncompressedSize,
        long values,
        long nulls,
        ValueRange range) {

    /** Writes the specification's {@code ColumnChunk}. */
    void write(ThriftWriter out) {
        int chunk = out.enterStruct();
        out.i64Field(2, 0);
        out.field(3, ThriftReader.STRUCT);
        int metaData = out.enterStruct();
        out.i32Field(1, column.type().ordinal());
        writeEncodings(out);
        out.field(3, ThriftReader.LIST);
        out.listHeader(ThriftReader.BINARY, column.path().size());
        for (String name : column.path()) {
            out.writeBinary(name.getBytes(StandardCharsets.UTF_8));
        }
        out.i32Field(4, ChunkBuilder.CODEC.ordinal());
        out.i64Field(5, values);
        out.i64Field(6, uncompressedSize);
        out.i64Field(7, compressedSize);
        out.i64Field(9, dataPageOffset);
        if (column.encoding().isDictionary()) {
            out.i64Field(11, start);
        }
        out.field(12, ThriftReader.STRUCT);
        new Statistics(null, null, nulls, -1, range.max(), range.min(), true, true, -1).write(out);
        writeEncodingStats(out);
        out.leaveStruct(metaData);
        out.leaveStruct(chunk);
    }

    private void writeEncodings(ThriftWriter out) {
        boolean dictionary = column.encoding().isDictionary();
        out.field(2, ThriftReader.LIST);
        out.listHeader(ThriftReader.I32, dictionary ? 3 : 2);
        out.writeI32(Encoding.PLAIN.value());
        out.writeI32(Encoding.RLE.value());
        if (dictionary) {
            out.writeI32(Encoding.RLE_DICTIONARY.value());
        }
    }

    private void writeEncodingStats(ThriftWriter out) {
        boolean dictionary = column.encoding().isDictionary();
        out.field(13, ThriftReader.LIST);
        out.listHeader(ThriftReader.STRUCT, dictionary ? 2 : 1);
        if (dictionary) {
            writePages(out, PageType.DICTIONARY_PAGE, Encoding.PLAIN);
        }
        writePages(out, PageType.DATA_PAGE, column.encoding());
    }

    private static void writePages(ThriftWriter out, int type, Encoding encoding) {
        int outer = out.enterStruct();
        out.i32Field(1, type);
        out.i32Field(2, encoding.value());
        out.i32Field(3, 1);
        out.leaveStruct(outer);
    }
}
