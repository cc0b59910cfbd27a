package io.glulam.footer;

import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A footer of one row group and one INT32 column {@code a}, written byte by byte, with hooks for what no library writes. */
final class HandmadeFooter {
    static final long OFFSET = 1_000_000;

    private Consumer<ThriftWriter> schema = HandmadeFooter::oneColumn;
    private Consumer<ThriftWriter> inMetaData = out -> {};
    private Consumer<ThriftWriter> inChunk = out -> {};
    private Consumer<ThriftWriter> inRowGroup = out -> {};
    private Consumer<ThriftWriter> inFile = out -> {};
    private long dataPageOffset = 100;
    private long compressedSize = 50;
    private long rows = 10;
    private int rowGroups = 1;

    HandmadeFooter schema(Consumer<ThriftWriter> list) {
        schema = list;
        return this;
    }

    HandmadeFooter inMetaData(Consumer<ThriftWriter> fields) {
        inMetaData = fields;
        return this;
    }

    HandmadeFooter inChunk(Consumer<ThriftWriter> fields) {
        inChunk = fields;
        return this;
    }

    HandmadeFooter inRowGroup(Consumer<ThriftWriter> fields) {
        inRowGroup = fields;
        return this;
    }

    HandmadeFooter inFile(Consumer<ThriftWriter> fields) {
        inFile = fields;
        return this;
    }

    HandmadeFooter dataPageOffset(long offset) {
        dataPageOffset = offset;
        return this;
    }

    HandmadeFooter compressedSize(long size) {
        compressedSize = size;
        return this;
    }

    HandmadeFooter rows(long count) {
        rows = count;
        return this;
    }

    HandmadeFooter rowGroups(int count) {
        rowGroups = count;
        return this;
    }

    Footer parse() {
        return Footer.parse(write(), OFFSET);
    }

    byte[] write() {
        ThriftWriter out = new ThriftWriter(256);
        out.enterStruct();
        out.i32Field(1, 1);
        out.field(2, ThriftReader.LIST);
        schema.accept(out);
        out.i64Field(3, rows);
        out.field(4, ThriftReader.LIST);
        out.listHeader(ThriftReader.STRUCT, rowGroups);
        for (int i = 0; i < rowGroups; i++) {
            writeRowGroup(out);
        }
        inFile.accept(out);
        out.leaveStruct(0);
        return out.toByteArray();
    }

    private void writeRowGroup(ThriftWriter out) {
        int outer = out.enterStruct();
        out.field(1, ThriftReader.LIST);
        out.listHeader(ThriftReader.STRUCT, 1);
        writeChunk(out);
        out.i64Field(2, compressedSize);
        out.i64Field(3, rows);
        inRowGroup.accept(out);
        out.leaveStruct(outer);
    }

    private void writeChunk(ThriftWriter out) {
        int outer = out.enterStruct();
        out.i64Field(2, 0);
        out.field(3, ThriftReader.STRUCT);
        writeMetaData(out);
        inChunk.accept(out);
        out.leaveStruct(outer);
    }

    private void writeMetaData(ThriftWriter out) {
        int outer = out.enterStruct();
        out.i32Field(1, 1);
        out.field(2, ThriftReader.LIST);
        out.listHeader(ThriftReader.I32, 0);
        out.field(3, ThriftReader.LIST);
        out.listHeader(ThriftReader.BINARY, 1);
        out.writeBinary(name("a"));
        out.i32Field(4, 0);
        out.i64Field(5, rows);
        out.i64Field(6, compressedSize);
        out.i64Field(7, compressedSize);
        out.i64Field(9, dataPageOffset);
        inMetaData.accept(out);
        out.leaveStruct(outer);
    }

    private static void oneColumn(ThriftWriter out) {
        out.listHeader(ThriftReader.STRUCT, 2);
        group(out, "root", 1, -1);
        leaf(out, "a", 1, 0);
    }

    /** @param repetition -1 to leave it out */
    static void group(ThriftWriter out, String name, int children, int repetition) {
        int outer = out.enterStruct();
        if (repetition >= 0) {
            out.i32Field(3, repetition);
        }
        out.binaryField(4, name(name));
        out.i32Field(5, children);
        out.leaveStruct(outer);
    }

    static void leaf(ThriftWriter out, String name, int type, int repetition) {
        int outer = out.enterStruct();
        out.i32Field(1, type);
        out.i32Field(3, repetition);
        out.binaryField(4, name(name));
        out.leaveStruct(outer);
    }

    private static byte[] name(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
