package io.glulam.testkit.bytes;

import io.glulam.testkit.bytes.FileScript.Placement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/** Plays a {@link FileScript}. */
final class ByteWriter {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private final FileScript script;
    private final Random random;
    private final ByteSink out = new ByteSink();

    ByteWriter(FileScript script) {
        this.script = script;
        this.random = new Random(script.seed);
    }

    byte[] write() {
        out.put(MAGIC);
        List<RowGroup> groups = new ArrayList<>();
        List<ChunkWriter.Result> all = new ArrayList<>();
        for (RowGroupScript group : script.rowGroups) {
            List<ChunkWriter.Result> chunks = new ArrayList<>();
            for (ChunkScript chunk : group.chunks()) {
                chunks.add(ChunkWriter.write(chunk, out, random));
                addCopyOfMetaData(chunks.get(chunks.size() - 1));
            }
            groups.add(entry(group, chunks, groups.size()));
            writeExtras(chunks, Placement.BEHIND_ROW_GROUP);
            all.addAll(chunks);
        }
        writeExtras(all, Placement.BEFORE_FOOTER);
        for (ChunkWriter.Result chunk : all) {
            chunk.script().claims.accept(chunk.entry());
        }
        for (int i = 0; i < groups.size(); i++) {
            script.rowGroups.get(i).tamper().accept(groups.get(i));
        }
        byte[] footer = script.footer.apply(footer(groups));
        out.put(footer).putLittleEndian(footer.length, 4).put(MAGIC);
        return script.file.apply(out.bytes());
    }

    private void addCopyOfMetaData(ChunkWriter.Result chunk) {
        if (chunk.script().metaDataCopyBehind) {
            chunk.entry().setFile_offset(out.size());
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            try {
                Util.writeColumnMetaData(chunk.entry().getMeta_data(), copy, null, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            out.put(copy.toByteArray());
        }
    }

    private void writeExtras(List<ChunkWriter.Result> chunks, Placement placement) {
        if (script.bloomFilters == placement) {
            chunks.forEach(chunk -> IndexWriter.bloomFilter(chunk, out));
        }
        if (script.indexes == placement) {
            chunks.forEach(chunk -> IndexWriter.columnIndex(chunk, out));
            chunks.forEach(chunk -> IndexWriter.offsetIndex(chunk, out));
        }
    }

    private RowGroup entry(RowGroupScript group, List<ChunkWriter.Result> chunks, int number) {
        long uncompressed = 0;
        long compressed = 0;
        for (ChunkWriter.Result chunk : chunks) {
            ColumnMetaData data = chunk.entry().getMeta_data();
            uncompressed += data.getTotal_uncompressed_size();
            compressed += data.getTotal_compressed_size();
        }
        RowGroup entry =
                new RowGroup(chunks.stream().map(ChunkWriter.Result::entry).toList(), uncompressed, group.rows());
        entry.setTotal_compressed_size(compressed);
        if (script.ordinals) {
            entry.setOrdinal((short) number);
        }
        return entry;
    }

    private byte[] footer(List<RowGroup> groups) {
        long rows = script.rowGroups.stream().mapToLong(RowGroupScript::rows).sum();
        FileMetaData meta = new FileMetaData(1, script.schema, rows, groups);
        if (!script.keyValues.isEmpty()) {
            meta.setKey_value_metadata(script.keyValues);
        }
        if (script.createdBy != null) {
            meta.setCreated_by(script.createdBy);
        }
        if (script.columnOrders) {
            meta.setColumn_orders(script.leaves().stream()
                    .map(leaf -> ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()))
                    .toList());
        }
        script.metaData.accept(meta);
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Util.writeFileMetaData(meta, bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
