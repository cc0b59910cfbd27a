package io.glulam.testkit.generate;

import io.glulam.testkit.bytes.ThriftStruct;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.Util;

/**
 * A file that holds another one's row groups several times, byte for byte: whatever the writer, its pages as it wrote
 * them, in more than one row group. In the footer only offsets, ordinals and the number of rows are changed; offset
 * indexes are written anew, by parquet-format. The new row groups' entries wait in a file beside the target, so that files
 * of millions of column chunks can be made in little memory.
 */
public final class RepeatedFile {
    private static final int MAGIC = 4;

    /** Fields of {@code FileMetaData}. */
    private static final int NUM_ROWS = 3;

    private static final int ROW_GROUPS = 4;

    private final ParquetFile source;
    private final int times;
    private final OutputStream out;
    private long position;

    private RepeatedFile(ParquetFile source, int times, OutputStream out) {
        this.source = source;
        this.times = times;
        this.out = out;
    }

    /**
     * Writes the row groups of {@code source} {@code times} times.
     *
     * @throws MalformedFile if the source's footer or its offset indexes cannot be read
     */
    public static void write(Path source, Path target, int times) throws IOException {
        Path entries = target.resolveSibling(target.getFileName() + ".entries");
        try (ParquetFile file = ParquetFile.open(source);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 20)) {
            new RepeatedFile(file, times, out).write(entries);
        } catch (ClassCastException e) {
            throw new MalformedFile("a field of the footer has another type than it should", e);
        } finally {
            Files.deleteIfExists(entries);
        }
    }

    /**
     * Writes a row group of INTEGER columns, with values that differ from column to column, {@code times} times: the footer
     * of such a file can have any length.
     *
     * @param rows of a row group, 2,048 at most
     */
    public static void ofIntegers(Path target, int columns, int rows, int times) throws IOException {
        String list = IntStream.range(0, columns)
                .mapToObj(column -> "(i + " + column + ")::INTEGER AS c" + column)
                .collect(Collectors.joining(", "));
        Path once = target.resolveSibling(target.getFileName() + ".once");
        DuckDbFiles.write("SELECT " + list + " FROM range(" + rows + ") t(i)", 2048, "COMPRESSION snappy", once);
        write(once, target, times);
        Files.delete(once);
    }

    private void write(Path entries) throws IOException {
        int body = Math.toIntExact(source.footerOffset() - MAGIC);
        byte[] magic = source.bytes(0, MAGIC);
        byte[] pages = source.bytes(MAGIC, body);
        put(magic);
        for (int i = 0; i < times; i++) {
            put(pages);
        }
        int rowGroups = 0;
        try (OutputStream spool = new BufferedOutputStream(Files.newOutputStream(entries), 1 << 20)) {
            for (int i = 0; i < times; i++) {
                List<ThriftStruct> copies = footer().structs(ROW_GROUPS);
                for (int rowGroup = 0; rowGroup < copies.size(); rowGroup++) {
                    shift(copies.get(rowGroup), rowGroup, (long) i * body, rowGroups);
                    spool.write(copies.get(rowGroup).bytes());
                    rowGroups++;
                }
            }
        }
        writeFooter(rowGroups, entries);
        put(magic);
    }

    private void writeFooter(int rowGroups, Path entries) throws IOException {
        long start = position;
        ThriftStruct before = footer();
        replace(before, NUM_ROWS, rows -> (Long) rows * times);
        int at = before.fields().stream().map(ThriftStruct.Field::id).toList().indexOf(ROW_GROUPS);
        List<ThriftStruct.Field> rest =
                before.fields().subList(at, before.fields().size());
        // A field of one byte takes the list's place, so that the id of the next one is told from the same one before
        // it.
        ThriftStruct after = new ThriftStruct().add(ROW_GROUPS, ThriftStruct.TRUE, true);
        after.fields().addAll(rest.subList(1, rest.size()));
        rest.clear();
        before.add(ROW_GROUPS, ThriftStruct.LIST, new ThriftStruct.ThriftList(ThriftStruct.STRUCT, List.of()));
        byte[] head = before.bytes();
        put(Arrays.copyOf(head, head.length - 2)); // Without the empty list's header and the struct's end.
        put(ThriftStruct.listHeader(ThriftStruct.STRUCT, rowGroups));
        Files.copy(entries, out);
        position += Files.size(entries);
        byte[] tail = after.bytes();
        put(Arrays.copyOfRange(tail, 1, tail.length));
        long length = position - start;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            put(new byte[] {(byte) (length >>> shift)});
        }
    }

    private void put(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    /** A footer of its own: structs can be changed. */
    private ThriftStruct footer() {
        try {
            return ThriftStruct.parse(source.bytes(source.footerOffset(), source.footerLength()));
        } catch (RuntimeException malformed) {
            throw new MalformedFile("footer: " + malformed, malformed);
        }
    }

    private void shift(ThriftStruct rowGroup, int number, long shift, int ordinal) throws IOException {
        add(rowGroup, 5, shift);
        replace(rowGroup, 7, any -> (long) ordinal);
        List<ThriftStruct> chunks = rowGroup.structs(1);
        for (int leaf = 0; leaf < chunks.size(); leaf++) {
            ThriftStruct chunk = chunks.get(leaf);
            add(chunk, 2, shift);
            add(chunk, 6, shift);
            if (shift > 0 && chunk.get(4).filter(offset -> (Long) offset > 0).isPresent()) {
                writeOffsetIndex(chunk, number, leaf, shift);
            }
            ThriftStruct data = chunk.struct(3).orElseThrow(() -> new MalformedFile("a chunk without metadata"));
            for (int offset : new int[] {9, 10, 11, 14}) {
                add(data, offset, shift);
            }
        }
    }

    private void writeOffsetIndex(ThriftStruct chunk, int rowGroup, int leaf, long shift) throws IOException {
        OffsetIndex index = source.offsetIndex(rowGroup, leaf).orElseThrow();
        index.getPage_locations().forEach(page -> page.setOffset(page.getOffset() + shift));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeOffsetIndex(index, bytes);
        long start = position;
        put(bytes.toByteArray());
        replace(chunk, 4, any -> start);
        replace(chunk, 5, any -> (long) bytes.size());
    }

    /** Shifts an offset; 0 means that there is none, and a field of another type (Dremio had some) is none. */
    private static void add(ThriftStruct struct, int field, long shift) {
        replace(struct, field, value -> value instanceof Long offset && offset > 0 ? (Object) (offset + shift) : value);
    }

    private static void replace(ThriftStruct struct, int id, UnaryOperator<Object> change) {
        struct.fields()
                .replaceAll(field -> field.id() == id
                        ? new ThriftStruct.Field(id, field.type(), change.apply(field.value()))
                        : field);
    }
}
