package io.glulam.tables.delta.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.glulam.storage.RangeReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** The log's JSON files: one action a line. */
final class LogJson implements JsonHandler {
    private static final JsonFactory JSON = new JsonFactory();

    private final LogStore store;

    LogJson(LogStore store) {
        this.store = store;
    }

    @Override
    public ColumnarBatch parseJson(ColumnVector texts, StructType schema, Optional<ColumnVector> selection) {
        throw new UnsupportedOperationException("no replay of the log without predicates parses statistics");
    }

    @Override
    public CloseableIterator<ColumnarBatch> readJsonFiles(
            CloseableIterator<FileStatus> files, StructType schema, Optional<Predicate> predicate) {
        return new BatchIterator<>(files, schema, path -> open(path, schema), (batch, path) -> batch);
    }

    private JsonRows open(String path, StructType schema) throws IOException {
        RangeReader reader = store.open(path);
        try {
            return new JsonRows(JSON.createParser(new ObjectInput(reader)), reader, schema);
        } catch (IOException | RuntimeException failure) {
            reader.close();
            throw failure;
        }
    }

    @Override
    public void writeJsonFileAtomically(String path, CloseableIterator<Row> rows, boolean overwrite)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (rows;
                JsonGenerator json = JSON.createGenerator(bytes)) {
            json.setRootValueSeparator(null);
            while (rows.hasNext()) {
                JsonText.write(rows.next(), json);
                json.writeRaw('\n');
            }
        }
        store.write(path, bytes.toByteArray(), overwrite);
    }
}
