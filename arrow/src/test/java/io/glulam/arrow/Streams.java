package io.glulam.arrow;

import io.glulam.CompactionOptions;
import io.glulam.OpenedFooter;
import io.glulam.local.LocalStore;
import io.glulam.testkit.generate.GroupFileWriter;
import io.glulam.testkit.generate.WriterSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;

/**
 * A stream as Arrow's own reader reads it.
 *
 * @param fields its schema
 * @param rows the text of each value ({@link ArrowText}), row by row
 * @param batchBytes bytes of the buffers of each batch
 */
record Streams(List<Field> fields, List<List<String>> rows, List<Long> batchBytes) {
    private static final long MEMORY = 64L << 20;

    static OpenedFooter open(Path file) {
        return OpenedFooter.of(LocalStore.object(file), CompactionOptions.defaults());
    }

    /** All rows of a file. */
    static Streams of(Path file) throws IOException {
        try (OpenedFooter opened = open(file)) {
            return of(opened, LongStream.range(0, opened.footer().rowCount()), MEMORY);
        }
    }

    static Streams of(OpenedFooter opened, LongStream rows, long memory) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArrowStream.write(opened, opened.footer().schema().root().children(), rows.iterator(), memory, out);
        return read(out.toByteArray());
    }

    private static Streams read(byte[] stream) throws IOException {
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            List<List<String>> rows = new ArrayList<>();
            List<Long> batchBytes = new ArrayList<>();
            while (reader.loadNextBatch()) {
                for (int row = 0; row < root.getRowCount(); row++) {
                    int index = row;
                    rows.add(root.getFieldVectors().stream()
                            .map(vector -> ArrowText.of(vector, index))
                            .toList());
                }
                batchBytes.add(root.getFieldVectors().stream()
                        .mapToLong(FieldVector::getBufferSize)
                        .sum());
            }
            return new Streams(root.getSchema().getFields(), rows, batchBytes);
        }
    }

    /** Writes rows with parquet-java. */
    static Path write(Path file, MessageType schema, List<? extends Group> rows) throws IOException {
        try (GroupFileWriter writer = GroupFileWriter.create(file, schema, Map.of(), true)) {
            writer.writeRowGroup(WriterSettings.defaults(), rows.iterator(), rows.size());
        }
        return file;
    }
}
