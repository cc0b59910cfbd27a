package io.glulam.tables.delta.engine;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.shape.TargetShape;
import io.glulam.storage.ObjectWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a checkpoint as a Parquet file. Row groups are small, so that their pages fit into little memory. Not thread-safe. */
final class CheckpointFile {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WRITER = "glulam".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of one column at which a row group ends. */
    private static final int MAX_COLUMN_BYTES = 512 << 10;

    private static final int MAX_ROWS = 20_000;

    private final ObjectWriter out;
    private final List<LeafColumn> leaves = new ArrayList<>();
    private final List<NodeWriter> fields = new ArrayList<>();
    private final List<byte[]> rowGroups = new ArrayList<>();
    private long rows;
    private int groupRows;

    private CheckpointFile(StructType schema, ObjectWriter out) {
        this.out = out;
        schema.fields()
                .forEach(field -> fields.add(
                        NodeWriter.of(field.getName(), field.getDataType(), false, List.of(), 0, 0, leaves)));
    }

    /**
     * Writes a file of all selected rows, and does not publish it.
     *
     * @param batches all of one schema; at least one
     */
    static void write(CloseableIterator<FilteredColumnarBatch> batches, ObjectWriter out) {
        CheckpointFile file = null;
        while (batches.hasNext()) {
            FilteredColumnarBatch batch = batches.next();
            if (file == null) {
                file = new CheckpointFile(batch.getData().getSchema(), out);
                file.append(MAGIC, MAGIC.length);
            }
            file.add(batch);
        }
        if (file == null) {
            throw new IllegalArgumentException("a checkpoint without a row");
        }
        file.finish();
    }

    private void add(FilteredColumnarBatch batch) {
        ColumnarBatch data = batch.getData();
        Optional<ColumnVector> selection = batch.getSelectionVector();
        for (int row = 0; row < data.getSize(); row++) {
            if (selection.isEmpty()
                    || !selection.get().isNullAt(row) && selection.get().getBoolean(row)) {
                for (int i = 0; i < fields.size(); i++) {
                    fields.get(i).add(data.getColumnVector(i), row, 0, 0);
                }
                groupRows++;
                boolean full = leaves.stream().anyMatch(leaf -> leaf.bytes() >= MAX_COLUMN_BYTES);
                if (full || groupRows == MAX_ROWS) {
                    endRowGroup();
                }
            }
        }
    }

    private void endRowGroup() {
        long start = out.position();
        ByteArrayBuilder pages = new ByteArrayBuilder(1 << 16);
        ThriftWriter group = new ThriftWriter(1 << 12);
        int outer = group.enterStruct();
        group.field(1, ThriftReader.LIST);
        group.listHeader(ThriftReader.STRUCT, leaves.size());
        long unpacked = 0;
        for (LeafColumn leaf : leaves) {
            unpacked += leaf.finish(pages, start + pages.size(), group);
        }
        group.i64Field(2, unpacked);
        group.i64Field(3, groupRows);
        group.i64Field(5, start);
        group.i64Field(6, pages.size());
        group.leaveStruct(outer);
        rowGroups.add(group.toByteArray());
        append(pages.array(), pages.size());
        rows += groupRows;
        groupRows = 0;
    }

    private void finish() {
        if (groupRows > 0) {
            endRowGroup();
        }
        ThriftWriter footer = new ThriftWriter(1 << 14);
        int outer = footer.enterStruct();
        footer.i32Field(1, 1);
        byte[] schema = TargetShape.byName(
                        fields.stream().map(NodeWriter::field).toList())
                .schemaBytes();
        footer.field(2, ThriftReader.LIST);
        footer.writeRaw(schema, 0, schema.length);
        footer.i64Field(3, rows);
        footer.field(4, ThriftReader.LIST);
        footer.listHeader(ThriftReader.STRUCT, rowGroups.size());
        rowGroups.forEach(group -> footer.writeRaw(group, 0, group.length));
        footer.binaryField(6, WRITER);
        footer.leaveStruct(outer);
        append(footer.array(), footer.size());
        ByteArrayBuilder tail = new ByteArrayBuilder(8);
        tail.appendInt(footer.size());
        tail.append(MAGIC, 0, MAGIC.length);
        append(tail.array(), tail.size());
    }

    private void append(byte[] bytes, int length) {
        out.append(ByteBuffer.wrap(bytes, 0, length));
    }
}
