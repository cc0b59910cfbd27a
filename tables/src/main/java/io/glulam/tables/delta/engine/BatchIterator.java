package io.glulam.tables.delta.engine;

import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads the rows of several files, one file after the other, in batches of one file each. Not thread-safe. */
final class BatchIterator<T> implements CloseableIterator<T> {
    /** Rows of a batch: enough that a batch costs little, few enough that statistics of files do not fill the memory. */
    private static final int ROWS = 1024;

    /** Reads the rows of one file. */
    interface RowReader extends AutoCloseable {
        /** Returns the next row as an array of the schema's fields; null at the end. */
        @Nullable
        Object @Nullable [] next() throws IOException;

        @Override
        void close();
    }

    /** Opens a file. */
    interface Opener {
        /** Returns a reader of the rows of {@code path}. */
        RowReader open(String path) throws IOException;
    }

    /** Makes of a batch what the caller wants. */
    interface Result<T> {
        /** Returns the result for the rows of one file. */
        T of(ValueBatch batch, String path);
    }

    private final CloseableIterator<FileStatus> files;
    private final StructType schema;
    private final Opener opener;
    private final Result<T> result;
    private @Nullable RowReader current;
    private String path = "";
    private List<@Nullable Object[]> rows = List.of();

    /** @param files closed with this */
    BatchIterator(CloseableIterator<FileStatus> files, StructType schema, Opener opener, Result<T> result) {
        this.files = files;
        this.schema = schema;
        this.opener = opener;
        this.result = result;
    }

    @Override
    public boolean hasNext() {
        try {
            while (rows.isEmpty() && (current != null || files.hasNext())) {
                fill();
            }
            return !rows.isEmpty();
        } catch (IOException e) {
            throw EngineFailure.of(e);
        }
    }

    private void fill() throws IOException {
        RowReader reader = current;
        if (reader == null) {
            path = files.next().getPath();
            reader = opener.open(path);
            current = reader;
        }
        List<@Nullable Object[]> read = new ArrayList<>();
        while (read.size() < ROWS) {
            @Nullable Object[] row = reader.next();
            if (row == null) {
                reader.close();
                current = null;
                break;
            }
            read.add(row);
        }
        rows = read;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ValueBatch batch = ValueBatch.of(schema, rows);
        rows = List.of();
        return result.of(batch, path);
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
        files.close();
    }
}
