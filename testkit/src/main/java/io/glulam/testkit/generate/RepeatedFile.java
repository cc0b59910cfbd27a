package io.glulam.testkit.generate;

import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * A file that holds another one's row groups several times, byte for byte: whatever the writer, its pages as it wrote
 * them, in more than one row group. Only offsets and ordinals are changed, and fields that parquet-format does not know
 * are lost.
 */
public final class RepeatedFile {
    private static final int MAGIC = 4;

    private final ParquetFile source;
    private final int times;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RepeatedFile(ParquetFile source, int times) {
        this.source = source;
        this.times = times;
    }

    /**
     * Writes the row groups of {@code source} {@code times} times.
     *
     * @throws MalformedFile if the source's footer or its offset indexes cannot be read
     */
    public static void write(Path source, Path target, int times) throws IOException {
        try (ParquetFile file = ParquetFile.open(source)) {
            RepeatedFile repeated = new RepeatedFile(file, times);
            repeated.write();
            Files.write(target, repeated.out.toByteArray());
        }
    }

    private void write() throws IOException {
        int body = Math.toIntExact(source.footerOffset() - MAGIC);
        out.writeBytes(source.bytes(0, MAGIC));
        for (int i = 0; i < times; i++) {
            out.writeBytes(source.bytes(MAGIC, body));
        }
        FileMetaData footer = source.metaData().deepCopy();
        List<RowGroup> rowGroups = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            for (int rowGroup = 0; rowGroup < source.rowGroups(); rowGroup++) {
                rowGroups.add(shifted(rowGroup, (long) i * body, rowGroups.size()));
            }
        }
        footer.setRow_groups(rowGroups).setNum_rows(footer.getNum_rows() * times);
        int start = out.size();
        Util.writeFileMetaData(footer, out);
        int length = out.size() - start;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(length >>> shift);
        }
        out.writeBytes(source.bytes(0, MAGIC));
    }

    private RowGroup shifted(int number, long shift, int ordinal) throws IOException {
        RowGroup rowGroup = source.metaData().getRow_groups().get(number).deepCopy();
        if (rowGroup.getFile_offset() > 0) {
            rowGroup.setFile_offset(rowGroup.getFile_offset() + shift);
        }
        if (rowGroup.isSetOrdinal()) {
            rowGroup.setOrdinal((short) ordinal);
        }
        for (int leaf = 0; leaf < rowGroup.getColumnsSize(); leaf++) {
            shift(rowGroup.getColumns().get(leaf), number, leaf, shift);
        }
        return rowGroup;
    }

    private void shift(ColumnChunk chunk, int rowGroup, int leaf, long shift) throws IOException {
        if (chunk.getFile_offset() > 0) {
            chunk.setFile_offset(chunk.getFile_offset() + shift);
        }
        if (chunk.getColumn_index_offset() > 0) {
            chunk.setColumn_index_offset(chunk.getColumn_index_offset() + shift);
        }
        if (shift > 0 && chunk.getOffset_index_offset() > 0) {
            writeOffsetIndex(chunk, rowGroup, leaf, shift);
        }
        if (chunk.getMeta_data() == null) {
            throw new MalformedFile("a column chunk without metadata");
        }
        ColumnMetaData data = chunk.getMeta_data();
        data.setData_page_offset(data.getData_page_offset() + shift);
        if (data.getDictionary_page_offset() > 0) {
            data.setDictionary_page_offset(data.getDictionary_page_offset() + shift);
        }
        if (data.getIndex_page_offset() > 0) {
            data.setIndex_page_offset(data.getIndex_page_offset() + shift);
        }
        if (data.getBloom_filter_offset() > 0) {
            data.setBloom_filter_offset(data.getBloom_filter_offset() + shift);
        }
    }

    private void writeOffsetIndex(ColumnChunk chunk, int rowGroup, int leaf, long shift) throws IOException {
        OffsetIndex index = source.offsetIndex(rowGroup, leaf).orElseThrow();
        index.getPage_locations().forEach(page -> page.setOffset(page.getOffset() + shift));
        int start = out.size();
        Util.writeOffsetIndex(index, out);
        chunk.setOffset_index_offset(start).setOffset_index_length(out.size() - start);
    }
}
