package io.glulam.tables.delta.engine;

import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import io.glulam.error.StorageFailed;
import io.glulam.storage.ObjectWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Optional;

/** The log's Parquet files: checkpoints, their parts and sidecars, read and written by Glulam's own code. */
final class LogParquet implements ParquetHandler {
    private final LogStore store;
    private final long bufferBytes;

    LogParquet(LogStore store, long bufferBytes) {
        this.store = store;
        this.bufferBytes = bufferBytes;
    }

    @Override
    public CloseableIterator<FileReadResult> readParquetFiles(
            CloseableIterator<FileStatus> files, StructType schema, Optional<Predicate> predicate) {
        return new BatchIterator<>(
                files, schema, path -> ParquetRows.open(store.open(path), schema, bufferBytes), FileReadResult::new);
    }

    @Override
    public CloseableIterator<DataFileStatus> writeParquetFiles(
            String folder, CloseableIterator<FilteredColumnarBatch> data, List<Column> statistics) {
        throw new UnsupportedOperationException("Glulam writes data files itself");
    }

    @Override
    public void writeParquetFileAtomically(String path, CloseableIterator<FilteredColumnarBatch> data)
            throws IOException {
        try (data;
                ObjectWriter out = store.create(path)) {
            CheckpointFile.write(data, out);
            out.seal();
            out.publish();
        } catch (StorageFailed failure) {
            if (failure.kind() == StorageFailed.Kind.EXISTS) {
                throw new FileAlreadyExistsException(path);
            }
            throw failure;
        }
    }
}
