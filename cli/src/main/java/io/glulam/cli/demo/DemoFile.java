package io.glulam.cli.demo;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.page.ByteArrayBuilder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes the demonstration's file, one small row group after the other. Used once, not thread-safe. */
public final class DemoFile {
    /** Row groups of the demonstration's file, which then takes about 100 MB. */
    public static final int ROW_GROUPS = 90;

    /** Rows of each row group. */
    public static final int ROWS_PER_GROUP = 20_000;

    /** The schema as Iceberg has it, for files without field ids. */
    public static final String ICEBERG_SCHEMA = """
            {"type": "struct", "schema-id": 0, "fields": [
              {"id": 1, "name": "id", "required": true, "type": "long"},
              {"id": 2, "name": "timestamp", "required": true, "type": "timestamptz"},
              {"id": 3, "name": "user", "required": true, "type": "int"},
              {"id": 4, "name": "country", "required": true, "type": "string"},
              {"id": 5, "name": "path", "required": true, "type": "string"},
              {"id": 6, "name": "amount", "required": false, "type": "double"},
              {"id": 7, "name": "price", "required": true, "type": "decimal(12, 2)"},
              {"id": 8, "name": "session", "required": true, "type": "string"},
              {"id": 9, "name": "tags", "required": false, "type":
                {"type": "list", "element-id": 10, "element-required": true, "element": "string"}}]}
            """;

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WRITER = "glulam-demo version 1".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final int rowGroups;
    private final List<ChunkBuilder> builders = new ArrayList<>();
    private final List<DemoColumn> columns = DemoColumns.all();
    private final ByteArrayBuilder group = new ByteArrayBuilder(1 << 20);
    private final ThriftWriter groups = new ThriftWriter(1 << 16);
    private final DemoRow row = new DemoRow();
    private long position;

    private DemoFile(OutputStream out, int rowGroups) {
        this.out = out;
        this.rowGroups = rowGroups;
        for (DemoColumn column : columns) {
            builders.add(new ChunkBuilder(column));
        }
    }

    /** Hears how far the writing is. */
    public interface Progress {
        /** That many row groups of all are written. */
        void written(int rowGroup, int of);
    }

    /**
     * Writes a new file of {@code rowGroups} row groups of 20,000 rows.
     *
     * @throws StorageFailed if the file exists, or cannot be written
     */
    public static void write(Path file, int rowGroups, Progress progress) {
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            new DemoFile(out, rowGroups).write(progress);
        } catch (FileAlreadyExistsException e) {
            throw new StorageFailed(Place.of(file.toString()), "the file exists", "choose another folder", false, e);
        } catch (IOException e) {
            String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
            throw new StorageFailed(
                    Place.of(file.toString()),
                    "cannot be written: " + (reason == null ? e.getClass().getSimpleName() : reason),
                    null,
                    false,
                    e);
        }
    }

    private void write(Progress progress) throws IOException {
        append(MAGIC, MAGIC.length);
        groups.listHeader(ThriftReader.STRUCT, rowGroups);
        for (int i = 0; i < rowGroups; i++) {
            writeRowGroup(i);
            progress.written(i + 1, rowGroups);
        }
        writeFooter();
    }

    private void writeRowGroup(int ordinal) throws IOException {
        for (int i = 0; i < ROWS_PER_GROUP; i++) {
            row.next();
            for (int leaf = 0; leaf < columns.size(); leaf++) {
                columns.get(leaf).values().add(row, builders.get(leaf));
            }
        }
        group.clear();
        List<DemoChunk> chunks = new ArrayList<>();
        long uncompressed = 0;
        for (ChunkBuilder builder : builders) {
            DemoChunk chunk = builder.finish(group, position + group.size());
            uncompressed += chunk.uncompressedSize();
            chunks.add(chunk);
        }
        describeRowGroup(ordinal, chunks, uncompressed);
        append(group.array(), group.size());
    }

    private void describeRowGroup(int ordinal, List<DemoChunk> chunks, long uncompressed) {
        int outer = groups.enterStruct();
        groups.field(1, ThriftReader.LIST);
        groups.listHeader(ThriftReader.STRUCT, chunks.size());
        for (DemoChunk chunk : chunks) {
            chunk.write(groups);
        }
        groups.i64Field(2, uncompressed);
        groups.i64Field(3, ROWS_PER_GROUP);
        groups.i64Field(5, position);
        groups.i64Field(6, group.size());
        groups.field(7, ThriftReader.I16);
        groups.writeI32(ordinal);
        groups.leaveStruct(outer);
    }

    private void writeFooter() throws IOException {
        ThriftWriter footer = new ThriftWriter(groups.size() + 1024);
        int outer = footer.enterStruct();
        footer.i32Field(1, 1);
        footer.field(2, ThriftReader.LIST);
        DemoSchema.write(footer);
        footer.i64Field(3, (long) rowGroups * ROWS_PER_GROUP);
        footer.field(4, ThriftReader.LIST);
        footer.writeRaw(groups.array(), 0, groups.size());
        footer.binaryField(6, WRITER);
        footer.field(7, ThriftReader.LIST);
        footer.listHeader(ThriftReader.STRUCT, columns.size());
        for (int i = 0; i < columns.size(); i++) {
            writeTypeDefinedOrder(footer);
        }
        footer.leaveStruct(outer);
        append(footer.array(), footer.size());
        ByteArrayBuilder tail = new ByteArrayBuilder(8);
        tail.appendInt(footer.size());
        tail.append(MAGIC, 0, MAGIC.length);
        append(tail.array(), tail.size());
    }

    private static void writeTypeDefinedOrder(ThriftWriter footer) {
        int union = footer.enterStruct();
        footer.field(1, ThriftReader.STRUCT);
        footer.leaveStruct(footer.enterStruct());
        footer.leaveStruct(union);
    }

    private void append(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        position += length;
    }
}
