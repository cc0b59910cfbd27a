package io.glulam.tables.delta.engine;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of the log as columns. Immutable. */
final class ValueBatch implements ColumnarBatch {
    private final StructType schema;
    private final int size;
    private final List<ColumnVector> columns;

    private ValueBatch(StructType schema, int size, List<ColumnVector> columns) {
        this.schema = schema;
        this.size = size;
        this.columns = columns;
    }

    /** @param rows each an array of the schema's fields; they must stay as they are */
    static ValueBatch of(StructType schema, List<@Nullable Object[]> rows) {
        List<ColumnVector> columns = new ArrayList<>(schema.length());
        for (int i = 0; i < schema.length(); i++) {
            columns.add(Values.ofField(schema, i, rows));
        }
        return new ValueBatch(schema, rows.size(), columns);
    }

    @Override
    public StructType getSchema() {
        return schema;
    }

    @Override
    public ColumnVector getColumnVector(int ordinal) {
        return columns.get(ordinal);
    }

    @Override
    public int getSize() {
        return size;
    }

    @Override
    public ColumnarBatch withNewColumn(int ordinal, StructField field, ColumnVector column) {
        List<StructField> fields = new ArrayList<>(schema.fields());
        List<ColumnVector> more = new ArrayList<>(columns);
        fields.add(ordinal, field);
        more.add(ordinal, column);
        return new ValueBatch(new StructType(fields), size, more);
    }

    @Override
    public ColumnarBatch withDeletedColumnAt(int ordinal) {
        List<StructField> fields = new ArrayList<>(schema.fields());
        List<ColumnVector> fewer = new ArrayList<>(columns);
        fields.remove(ordinal);
        fewer.remove(ordinal);
        return new ValueBatch(new StructType(fields), size, fewer);
    }

    @Override
    public ColumnarBatch withNewSchema(StructType other) {
        if (other.length() != schema.length()) {
            throw new IllegalArgumentException("a schema of " + other.length() + " fields for " + schema.length());
        }
        return new ValueBatch(other, size, columns);
    }
}
