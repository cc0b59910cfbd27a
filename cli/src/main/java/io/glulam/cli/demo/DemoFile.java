package io.glulam.cli.demo;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.footer.FooterJoiner;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageStream;
import io.glulam.shape.TargetShape;
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
    private final List<DemoColumn> columns = DemoColumns.all();
    private final byte[] schema =
            TargetShape.byName(columns.stream().map(DemoColumn::field).toList()).schemaBytes();
    private final byte[] orders = typeDefinedOrders(columns.size());
    private final List<Leaf> leaves =
            Schema.read(reader(schema)).withColumnOrders(reader(orders)).leaves();
    private final List<DemoTriplets> triplets =
            leaves.stream().map(DemoTriplets::new).toList();
    private final ByteArrayBuilder group = new ByteArrayBuilder(1 << 20);
    private final ByteArrayBuilder entries = new ByteArrayBuilder(1 << 16);
    private final FooterJoiner footer = new FooterJoiner(entries::append, true);
    private final DemoRow row = new DemoRow();
    private long position;

    private DemoFile(OutputStream out, int rowGroups) {
        this.out = out;
        this.rowGroups = rowGroups;
    }

    private static ThriftReader reader(byte[] struct) {
        return new ThriftReader(struct, 0, struct.length, 0);
    }

    /** Returns {@code FileMetaData.column_orders}. */
    private static byte[] typeDefinedOrders(int columns) {
        ThriftWriter out = new ThriftWriter(64);
        out.listHeader(ThriftReader.STRUCT, columns);
        for (int i = 0; i < columns; i++) {
            int union = out.enterStruct();
            out.field(1, ThriftReader.STRUCT);
            out.leaveStruct(out.enterStruct());
            out.leaveStruct(union);
        }
        return out.toByteArray();
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
        for (int i = 0; i < rowGroups; i++) {
            writeRowGroup();
            progress.written(i + 1, rowGroups);
        }
        writeFooter();
    }

    private void writeRowGroup() throws IOException {
        for (int i = 0; i < ROWS_PER_GROUP; i++) {
            row.next();
            for (int leaf = 0; leaf < columns.size(); leaf++) {
                columns.get(leaf).values().add(row, triplets.get(leaf));
            }
        }
        group.clear();
        List<ColumnChunk> chunks = new ArrayList<>();
        for (Leaf leaf : leaves) {
            boolean hasDictionary = columns.get(leaf.index()).hasDictionary();
            PageStream values = triplets.get(leaf.index()).take();
            chunks.add(DemoChunk.of(leaf, hasDictionary, values, ROWS_PER_GROUP).write(group, position + group.size()));
        }
        footer.addNew(leaves, chunks, ROWS_PER_GROUP);
        append(group.array(), group.size());
    }

    private void writeFooter() throws IOException {
        ThriftWriter writer = new ThriftWriter(64);
        writer.writeBinary(WRITER);
        FooterJoiner.Header header = new FooterJoiner.Header(1, schema, List.of(), writer.toByteArray(), orders);
        byte[] head = footer.head(header);
        append(head, head.length);
        append(entries.array(), entries.size());
        byte[] tail = footer.tail(header, entries.size());
        append(tail, tail.length);
    }

    private void append(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        position += length;
    }
}
