package io.glulam.cli;

import io.glulam.format.PhysicalType;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files that are all footer: row groups of one column whose bytes are a hole in the file. */
final class ManyRowGroups {
    private static final int ROWS = 1000;

    private ManyRowGroups() {}

    /** Writes a file of {@code count} row groups, each of {@code bytes} compressed bytes. */
    static Path write(Path file, int count, long bytes) throws IOException {
        ThriftWriter footer = new ThriftWriter(1 << 20);
        footer.i32Field(1, 1);
        footer.field(2, ThriftReader.LIST);
        footer.listHeader(ThriftReader.STRUCT, 2);
        int root = footer.enterStruct();
        footer.binaryField(4, ascii("schema"));
        footer.i32Field(5, 1);
        footer.leaveStruct(root);
        int leaf = footer.enterStruct();
        footer.i32Field(1, PhysicalType.INT64.ordinal());
        footer.i32Field(3, 0);
        footer.binaryField(4, ascii("id"));
        footer.leaveStruct(leaf);
        footer.i64Field(3, (long) ROWS * count);
        footer.field(4, ThriftReader.LIST);
        footer.listHeader(ThriftReader.STRUCT, count);
        for (int i = 0; i < count; i++) {
            rowGroup(footer, 4 + i * bytes, bytes);
        }
        footer.writeByte(ThriftReader.STOP);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(ascii("PAR1"));
            out.seek(4 + count * bytes);
            out.write(footer.array(), 0, footer.size());
            out.writeInt(Integer.reverseBytes(footer.size()));
            out.write(ascii("PAR1"));
        }
        return file;
    }

    private static void rowGroup(ThriftWriter out, long offset, long bytes) {
        int group = out.enterStruct();
        out.field(1, ThriftReader.LIST);
        out.listHeader(ThriftReader.STRUCT, 1);
        int chunk = out.enterStruct();
        out.i64Field(2, 0);
        out.field(3, ThriftReader.STRUCT);
        int metaData = out.enterStruct();
        out.i32Field(1, PhysicalType.INT64.ordinal());
        out.field(2, ThriftReader.LIST);
        out.listHeader(ThriftReader.I32, 1);
        out.writeI32(0);
        out.field(3, ThriftReader.LIST);
        out.listHeader(ThriftReader.BINARY, 1);
        out.writeBinary(ascii("id"));
        out.i32Field(4, 0);
        out.i64Field(5, ROWS);
        out.i64Field(6, bytes);
        out.i64Field(7, bytes);
        out.i64Field(9, offset);
        out.leaveStruct(metaData);
        out.leaveStruct(chunk);
        out.i64Field(2, bytes);
        out.i64Field(3, ROWS);
        out.leaveStruct(group);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
