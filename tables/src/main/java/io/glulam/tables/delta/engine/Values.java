package io.glulam.tables.delta.engine;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructType;
import io.glulam.rows.MapEntries;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of values held as Java objects: boxed numbers, strings, arrays of fields for structs, {@link List}s for arrays and
 * {@link MapEntries} for maps. Immutable, as long as the objects stay as they are.
 */
final class Values implements ColumnVector {
    private final DataType type;
    private final int size;
    private final IntFunction<@Nullable Object> values;
    private final @Nullable Values[] children;

    /** @param values gives the value of each row from 0 to {@code size}, null for none */
    Values(DataType type, int size, IntFunction<@Nullable Object> values) {
        this.type = type;
        this.size = size;
        this.values = values;
        this.children = new Values[type instanceof StructType struct ? struct.length() : 0];
    }

    /** Returns the column of one field of rows. */
    static Values ofField(StructType schema, int ordinal, List<@Nullable Object[]> rows) {
        return new Values(schema.at(ordinal).getDataType(), rows.size(), row -> rows.get(row)[ordinal]);
    }

    private static Values of(DataType type, List<@Nullable Object> values) {
        return new Values(type, values.size(), values::get);
    }

    @Override
    public DataType getDataType() {
        return type;
    }

    @Override
    public int getSize() {
        return size;
    }

    @Override
    public boolean isNullAt(int row) {
        return values.apply(row) == null;
    }

    private <T> T value(int row, Class<T> kind) {
        Object value = values.apply(row);
        if (!kind.isInstance(value)) {
            throw new IllegalStateException("a value of type " + type + " is asked for as " + kind.getSimpleName());
        }
        return kind.cast(value);
    }

    @Override
    public boolean getBoolean(int row) {
        return value(row, Boolean.class);
    }

    @Override
    public int getInt(int row) {
        return value(row, Integer.class);
    }

    @Override
    public long getLong(int row) {
        return value(row, Long.class);
    }

    @Override
    public String getString(int row) {
        return value(row, String.class);
    }

    @Override
    public MapValue getMap(int row) {
        MapEntries entries = value(row, MapEntries.class);
        MapType map = (MapType) type;
        return new MapValue() {
            @Override
            public int getSize() {
                return entries.keys().size();
            }

            @Override
            public ColumnVector getKeys() {
                return of(map.getKeyType(), entries.keys());
            }

            @Override
            public ColumnVector getValues() {
                return of(map.getValueType(), entries.values());
            }
        };
    }

    @Override
    @SuppressWarnings("unchecked") // Readers make lists of nothing else.
    public ArrayValue getArray(int row) {
        List<@Nullable Object> elements = value(row, List.class);
        DataType element = ((ArrayType) type).getElementType();
        return new ArrayValue() {
            @Override
            public int getSize() {
                return elements.size();
            }

            @Override
            public ColumnVector getElements() {
                return of(element, elements);
            }
        };
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        Values child = children[ordinal];
        if (child == null) {
            DataType field = ((StructType) type).at(ordinal).getDataType();
            child = new Values(field, size, row -> {
                Object parent = values.apply(row);
                return parent == null ? null : ((@Nullable Object[]) parent)[ordinal];
            });
            children[ordinal] = child;
        }
        return child;
    }

    @Override
    public void close() {}
}
