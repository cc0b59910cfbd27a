package io.glulam.testkit.read;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/** Reads levels and raw values with parquet-java, as an oracle for our own reader. */
public final class ParquetJavaTriplets implements AutoCloseable {
    private final ParquetFileReader reader;
    private final MessageType schema;
    private final String createdBy;
    private PageReadStore rowGroup;

    public ParquetJavaTriplets(Path path) throws IOException {
        reader = ParquetFileReader.open(
                HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(path.toUri()), new Configuration(false)));
        schema = reader.getFileMetaData().getSchema();
        createdBy = reader.getFileMetaData().getCreatedBy();
    }

    public boolean nextRowGroup() throws IOException {
        rowGroup = reader.readNextRowGroup();
        return rowGroup != null;
    }

    public Triplets column(int leaf) {
        ColumnDescriptor descriptor = schema.getColumns().get(leaf);
        ColumnReadStore store = new ColumnReadStoreImpl(
                rowGroup, new DummyRecordConverter(schema).getRootConverter(), schema, createdBy);
        ColumnReader column = store.getColumnReader(descriptor);
        int count = Math.toIntExact(column.getTotalValueCount());
        int[] repetition = new int[count];
        int[] definition = new int[count];
        Values.Builder values = new Values.Builder(count);
        for (int i = 0; i < count; i++) {
            repetition[i] = column.getCurrentRepetitionLevel();
            definition[i] = column.getCurrentDefinitionLevel();
            if (definition[i] == descriptor.getMaxDefinitionLevel()) {
                addValue(values, descriptor, column);
            }
            column.consume();
        }
        return new Triplets(repetition, definition, values.build());
    }

    private static void addValue(Values.Builder values, ColumnDescriptor descriptor, ColumnReader column) {
        switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> values.addNumber(column.getBoolean() ? 1 : 0, 1);
            case INT32 -> values.addNumber(column.getInteger(), 4);
            case INT64 -> values.addNumber(column.getLong(), 8);
            case FLOAT -> values.addNumber(Float.floatToRawIntBits(column.getFloat()), 4);
            case DOUBLE -> values.addNumber(Double.doubleToRawLongBits(column.getDouble()), 8);
            case INT96, BINARY, FIXED_LEN_BYTE_ARRAY -> {
                Binary value = column.getBinary();
                values.add(value.getBytes(), 0, value.length());
            }
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
