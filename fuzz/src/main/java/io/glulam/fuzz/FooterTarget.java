package io.glulam.fuzz;

import io.glulam.error.GlulamException;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.format.ColumnChunk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** A footer: refused, or read as the reference implementation reads it. */
public final class FooterTarget {
    private static final long BUFFERS = 16L << 20;
    private static final int DATA = 1 << 10;
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private FooterTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        MemoryStore store = new MemoryStore();
        store.put("file", file(input));
        Footer footer;
        try {
            footer = FooterReader.read(store.open("file"), BUFFERS);
            touch(footer);
        } catch (GlulamException refused) {
            return;
        }
        FileMetaData reference = reference(input);
        if (reference != null && reference.getRow_groups() != null) {
            compare(footer, reference);
        }
    }

    /** Some bytes of data, the input as the footer, and the tail. */
    private static byte[] file(byte[] footer) {
        ByteBuffer file = ByteBuffer.allocate(DATA + footer.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        file.put(MAGIC).position(DATA);
        return file.put(footer).putInt(footer.length).put(MAGIC).array();
    }

    private static void touch(Footer footer) {
        footer.keyValueMetadata();
        for (int group = 0; group < footer.rowGroupCount(); group++) {
            footer.sortingColumns(group);
            for (int leaf = 0; leaf < footer.schema().leaves().size(); leaf++) {
                footer.chunk(group, leaf);
            }
        }
    }

    private static @Nullable FileMetaData reference(byte[] input) {
        try {
            return Util.readFileMetaData(new ByteArrayInputStream(input), input.length);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return null;
        }
    }

    private static void compare(Footer footer, FileMetaData reference) {
        same("row groups", footer.rowGroupCount(), reference.getRow_groupsSize());
        for (int group = 0; group < footer.rowGroupCount(); group++) {
            RowGroup expected = reference.getRow_groups().get(group);
            same("rows", footer.rows(group), expected.getNum_rows());
            for (int leaf = 0; leaf < footer.schema().leaves().size(); leaf++) {
                if (expected.getColumns().get(leaf).isSetMeta_data()) {
                    compare(
                            footer.chunk(group, leaf),
                            expected.getColumns().get(leaf).getMeta_data());
                }
            }
        }
    }

    private static void compare(ColumnChunk chunk, ColumnMetaData expected) {
        same("num_values", chunk.valueCount(), expected.getNum_values());
        same("data_page_offset", chunk.dataPageOffset(), expected.getData_page_offset());
        same("total_compressed_size", chunk.compressedSize(), expected.getTotal_compressed_size());
    }

    private static void same(String what, long found, long expected) {
        if (found != expected) {
            throw new Mismatch(what + " is " + found + ", the reference reads " + expected);
        }
    }
}
