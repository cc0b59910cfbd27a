package io.glulam.testkit.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Reads all rows of a file with parquet-java, in file order and without any filter. Row groups without rows are passed
 * over. Not thread-safe.
 */
public final class GroupFileReader implements Iterator<Group>, AutoCloseable {
    private final ParquetFileReader file;
    private RecordReader<Group> records;
    private long left;
    private int nextRowGroup;

    private GroupFileReader(ParquetFileReader file) {
        this.file = file;
    }

    /** Opens a file and reads its footer. */
    public static GroupFileReader open(Path path) throws IOException {
        ParquetReadOptions options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        return new GroupFileReader(new ParquetFileReader(new LocalInputFile(path), options));
    }

    /** The file's schema. */
    public MessageType schema() {
        return file.getFileMetaData().getSchema();
    }

    /** The file's key-value metadata. */
    public Map<String, String> metadata() {
        return file.getFileMetaData().getKeyValueMetaData();
    }

    /** The number of rows, as the row groups say. */
    public long rows() {
        return file.getRecordCount();
    }

    @Override
    public boolean hasNext() {
        while (left == 0 && nextRowGroup < file.getRowGroups().size()) {
            openRowGroup(nextRowGroup++);
        }
        return left > 0;
    }

    private void openRowGroup(int index) {
        left = file.getRowGroups().get(index).getRowCount();
        if (left == 0) {
            return;
        }
        try {
            PageReadStore pages = file.readRowGroup(index);
            records = new ColumnIOFactory()
                    .getColumnIO(schema())
                    .getRecordReader(pages, new GroupRecordConverter(schema()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Group next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        left--;
        return records.read();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
