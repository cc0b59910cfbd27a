package io.glulam.arrow;

import io.glulam.OpenedFooter;
import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.format.SchemaNode;
import io.glulam.rows.RowCursors;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.PrimitiveIterator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes rows of a Parquet file as a stream of Arrow's IPC format: the schema, then record batches of some megabytes. Stateless
 * and thread-safe.
 */
public final class ArrowStream {
    private static final int MAX_ROWS = 1 << 16;
    private static final long MAX_BYTES = 4L << 20;
    /** Of the vectors' memory, what a batch takes at most: vectors double as they grow, and are copied then. */
    private static final int BATCHES = 8;

    private static final int FIRST_CAPACITY = 1 << 12;

    private ArrowStream() {}

    /**
     * Writes rows of some columns.
     *
     * @param columns children of the schema's root, in the order that is wanted
     * @param rows numbers of the wanted rows, ascending
     * @param memory bytes that the vectors may take; they lie outside of Java's heap and of its direct buffers
     * @param out neither flushed nor closed; a stream that a failure ends lacks Arrow's mark of the end
     * @throws Unsupported for a type or a value that Arrow does not have, with its column, and for a row that does not fit into the
     *     memory
     * @throws io.glulam.error.GlulamException if the file cannot be read
     */
    public static void write(
            OpenedFooter file, List<SchemaNode> columns, PrimitiveIterator.OfLong rows, long memory, OutputStream out) {
        try {
            List<ArrowNode> nodes = ArrowNodes.of(columns);
            Schema schema = new Schema(nodes.stream().map(ArrowNode::field).toList());
            try (RowCursors cursors = file.cursors();
                    BufferAllocator allocator = new RootAllocator(memory);
                    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
                new Run(cursors, allocator, root, new RowFiller(cursors, nodes, root.getFieldVectors()), memory)
                        .write(rows, out);
            }
        } catch (Unsupported failure) {
            throw failure.within(Place.of(file.name()));
        } catch (OutOfMemoryException tooSmall) {
            throw new Unsupported(
                    Place.of(file.name()),
                    "a row that does not fit into the " + (memory >> 20) + " MiB of Arrow's vectors",
                    Remedy.MORE_MEMORY.text(),
                    tooSmall);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** One stream. */
    private record Run(
            RowCursors cursors, BufferAllocator allocator, VectorSchemaRoot root, RowFiller filler, long memory) {
        void write(PrimitiveIterator.OfLong rows, OutputStream out) throws IOException {
            // Not closed: that would end the stream after a failure as if it were complete.
            ArrowStreamWriter writer = new ArrowStreamWriter(root, new DictionaryProvider.MapDictionaryProvider(), out);
            writer.start();
            allocate();
            int count = 0;
            while (rows.hasNext()) {
                cursors.moveTo(rows.nextLong());
                if (!cursors.next(filler::addRow)) {
                    break;
                }
                count++;
                if (count == MAX_ROWS || filler.bytes() >= Math.min(MAX_BYTES, memory / BATCHES)) {
                    writeBatch(writer, count);
                    count = 0;
                }
            }
            if (count > 0) {
                writeBatch(writer, count);
            }
            writer.end();
        }

        private void writeBatch(ArrowStreamWriter writer, int count) throws IOException {
            root.setRowCount(count);
            writer.writeBatch();
            filler.clear();
            if (allocator.getAllocatedMemory() > memory / 2) {
                root.getFieldVectors().forEach(FieldVector::clear);
                allocate();
            } else {
                root.getFieldVectors().forEach(FieldVector::reset);
            }
        }

        /** Small at first: a file may have thousands of columns. */
        private void allocate() {
            int capacity = (int) Math.max(
                    8,
                    Math.min(
                            FIRST_CAPACITY,
                            memory / 64 / Math.max(1, root.getFieldVectors().size())));
            for (FieldVector vector : root.getFieldVectors()) {
                vector.setInitialCapacity(capacity);
                vector.allocateNew();
            }
        }
    }
}
