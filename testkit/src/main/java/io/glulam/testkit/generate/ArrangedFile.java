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
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.Util;

/**
 * A file that holds other ones' row groups in any order and number, byte for byte: large files of a wanted shape in no
 * time. All have one schema; the first one gives all else of the footer. Offsets, ordinals and the number of rows are those of the new file, page indexes lie before its footer, bloom
 * filters are left out.
 */
public final class ArrangedFile {
    private static final int MAGIC = 4;

    /** Fields of {@code FileMetaData}. */
    private static final int NUM_ROWS = 3;

    private static final int ROW_GROUPS = 4;

    private final List<ParquetFile> sources;
    private final OutputStream out;
    private final ByteArrayOutputStream offsetIndexes = new ByteArrayOutputStream();
    private final List<Object> rowGroups = new ArrayList<>();
    private long position;
    private long rows;

    /**
     * A row group of a source.
     *
     * @param source which, from 0
     * @param number the row group's
     */
    public record Piece(int source, int number) {}

    private ArrangedFile(List<ParquetFile> sources, OutputStream out) {
        this.sources = sources;
        this.out = out;
    }

    /**
     * Writes these row groups.
     *
     * @throws MalformedFile if a source's footer or its offset indexes cannot be read
     */
    public static void write(List<Path> sources, Path target, List<Piece> pieces) throws IOException {
        List<ParquetFile> files = sources.stream().map(ParquetFile::open).toList();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 20)) {
            new ArrangedFile(files, out).write(pieces);
        } finally {
            for (ParquetFile file : files) {
                file.close();
            }
        }
    }

    private void write(List<Piece> pieces) throws IOException {
        append(sources.get(0).bytes(0, MAGIC));
        List<Long> shifts = new ArrayList<>();
        for (Piece piece : pieces) {
            shifts.add(appendRowGroup(sources.get(piece.source()), piece.number()));
        }
        long indexes = position;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            describe(sources.get(piece.source()), piece.number(), i, shifts.get(i), indexes);
        }
        append(offsetIndexes.toByteArray());
        finish(sources.get(0));
    }

    private void append(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    /** Gives how far its bytes moved. */
    private long appendRowGroup(ParquetFile source, int number) throws IOException {
        long start = Long.MAX_VALUE;
        long end = 0;
        for (ColumnChunk chunk : source.metaData().getRow_groups().get(number).getColumns()) {
            ColumnMetaData data = chunk.getMeta_data();
            long first = data.isSetDictionary_page_offset() && data.getDictionary_page_offset() > 0
                    ? Math.min(data.getDictionary_page_offset(), data.getData_page_offset())
                    : data.getData_page_offset();
            start = Math.min(start, first);
            end = Math.max(end, first + data.getTotal_compressed_size());
        }
        long shift = position - start;
        append(source.bytes(start, Math.toIntExact(end - start)));
        rows += source.metaData().getRow_groups().get(number).getNum_rows();
        return shift;
    }

    private void describe(ParquetFile source, int number, int ordinal, long shift, long indexes) throws IOException {
        ThriftStruct rowGroup = footer(source).structs(ROW_GROUPS).get(number);
        add(rowGroup, 5, shift);
        replace(rowGroup, 7, any -> (long) ordinal);
        List<ThriftStruct> chunks = rowGroup.structs(1);
        for (int leaf = 0; leaf < chunks.size(); leaf++) {
            ThriftStruct chunk = chunks.get(leaf);
            add(chunk, 2, shift);
            chunk.fields().removeIf(field -> field.id() == 6 || field.id() == 7);
            if (chunk.get(4).filter(offset -> (Long) offset > 0).isPresent()) {
                writeOffsetIndex(chunk, source.offsetIndex(number, leaf).orElseThrow(), shift, indexes);
            }
            ThriftStruct data = chunk.struct(3).orElseThrow(() -> new MalformedFile("a chunk without metadata"));
            data.fields().removeIf(field -> field.id() == 14 || field.id() == 15);
            for (int offset : new int[] {9, 10, 11}) {
                add(data, offset, shift);
            }
        }
        rowGroups.add(rowGroup);
    }

    private void writeOffsetIndex(ThriftStruct chunk, OffsetIndex index, long shift, long indexes) throws IOException {
        index.getPage_locations().forEach(page -> page.setOffset(page.getOffset() + shift));
        long start = indexes + offsetIndexes.size();
        Util.writeOffsetIndex(index, offsetIndexes);
        replace(chunk, 4, any -> start);
        replace(chunk, 5, any -> indexes + offsetIndexes.size() - start);
    }

    private void finish(ParquetFile source) throws IOException {
        ThriftStruct footer = footer(source);
        replace(footer, NUM_ROWS, any -> rows);
        replace(footer, ROW_GROUPS, list -> new ThriftStruct.ThriftList(ThriftStruct.STRUCT, rowGroups));
        byte[] bytes = footer.bytes();
        append(bytes);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(bytes.length >>> shift);
        }
        append(source.bytes(0, MAGIC));
    }

    /** A footer of its own: structs can be changed. */
    private static ThriftStruct footer(ParquetFile source) {
        return ThriftStruct.parse(source.bytes(source.footerOffset(), source.footerLength()));
    }

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
