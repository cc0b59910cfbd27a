package io.glulam.tables.delta.engine;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.shape.TargetField;
import java.util.ArrayList;
import java.util.List;

/** Takes the values of one field of a checkpoint apart into the levels and values of its leaf columns. */
sealed interface NodeWriter {
    /** Adds the value at {@code row}; {@code definition} is the level of the node around it. */
    void add(ColumnVector values, int row, int repetition, int definition);

    /** Adds an absent node to all of its leaves. */
    void addMissing(int repetition, int definition);

    /** The field's schema. */
    TargetField field();

    /**
     * Makes a writer.
     *
     * @param above names from below the root to the node around the field
     * @param required whether the field is never null
     * @param repetition level of the node around the field
     * @param definition level of the node around the field
     * @param leaves takes the leaf columns, in order
     */
    static NodeWriter of(
            String name,
            DataType type,
            boolean required,
            List<String> above,
            int repetition,
            int definition,
            List<LeafColumn> leaves) {
        List<String> path = new ArrayList<>(above);
        path.add(name);
        int level = definition + (required ? 0 : 1);
        if (type instanceof StructType struct) {
            List<NodeWriter> fields = new ArrayList<>();
            for (StructField field : struct.fields()) {
                fields.add(of(field.getName(), field.getDataType(), false, path, repetition, level, leaves));
            }
            return new Struct(name, level, fields);
        }
        if (type instanceof MapType map) {
            path.add("key_value");
            NodeWriter key = of("key", map.getKeyType(), true, path, repetition + 1, level + 1, leaves);
            NodeWriter value = of("value", map.getValueType(), false, path, repetition + 1, level + 1, leaves);
            return new MapOf(name, repetition + 1, level, key, value);
        }
        if (type instanceof ArrayType array) {
            path.add("list");
            NodeWriter element = of("element", array.getElementType(), false, path, repetition + 1, level + 1, leaves);
            return new ListOf(name, repetition + 1, level, element);
        }
        LeafColumn column = new LeafColumn(path, physical(type), repetition, level);
        leaves.add(column);
        return new Leaf(name, type, required, column);
    }

    private static PhysicalType physical(DataType type) {
        if (type instanceof StringType) {
            return PhysicalType.BYTE_ARRAY;
        }
        if (type instanceof LongType) {
            return PhysicalType.INT64;
        }
        if (type instanceof IntegerType) {
            return PhysicalType.INT32;
        }
        if (type instanceof BooleanType) {
            return PhysicalType.BOOLEAN;
        }
        throw new UnsupportedOperationException("a value of type " + type + " in a checkpoint");
    }

    /** A leaf column. */
    record Leaf(String name, DataType type, boolean required, LeafColumn column) implements NodeWriter {
        @Override
        public void add(ColumnVector values, int row, int repetition, int definition) {
            if (values.isNullAt(row)) {
                column.addMissing(repetition, definition);
            } else if (type instanceof StringType) {
                column.add(repetition, values.getString(row));
            } else if (type instanceof LongType) {
                column.add(repetition, values.getLong(row));
            } else if (type instanceof IntegerType) {
                column.add(repetition, values.getInt(row));
            } else {
                column.add(repetition, values.getBoolean(row));
            }
        }

        @Override
        public void addMissing(int repetition, int definition) {
            column.addMissing(repetition, definition);
        }

        @Override
        public TargetField field() {
            TargetField leaf = TargetField.leaf(name, physical(type));
            TargetField annotated = type instanceof StringType ? leaf.as(LogicalType.string()) : leaf;
            return required ? annotated.required() : annotated;
        }
    }

    /** A group of fields. */
    record Struct(String name, int level, List<NodeWriter> fields) implements NodeWriter {
        @Override
        public void add(ColumnVector values, int row, int repetition, int definition) {
            if (values.isNullAt(row)) {
                addMissing(repetition, definition);
                return;
            }
            for (int i = 0; i < fields.size(); i++) {
                fields.get(i).add(values.getChild(i), row, repetition, level);
            }
        }

        @Override
        public void addMissing(int repetition, int definition) {
            fields.forEach(field -> field.addMissing(repetition, definition));
        }

        @Override
        public TargetField field() {
            return TargetField.group(
                    name, fields.stream().map(NodeWriter::field).toList());
        }
    }

    /** A map; {@code level} is that of an empty one. */
    record MapOf(String name, int repeated, int level, NodeWriter key, NodeWriter value) implements NodeWriter {
        @Override
        public void add(ColumnVector values, int row, int repetition, int definition) {
            if (values.isNullAt(row)) {
                addMissing(repetition, definition);
                return;
            }
            MapValue map = values.getMap(row);
            if (map.getSize() == 0) {
                addMissing(repetition, level);
            }
            for (int i = 0; i < map.getSize(); i++) {
                int from = i == 0 ? repetition : repeated;
                key.add(map.getKeys(), i, from, level + 1);
                value.add(map.getValues(), i, from, level + 1);
            }
        }

        @Override
        public void addMissing(int repetition, int definition) {
            key.addMissing(repetition, definition);
            value.addMissing(repetition, definition);
        }

        @Override
        public TargetField field() {
            return TargetField.map(name, key.field(), value.field());
        }
    }

    /** A list; {@code level} is that of an empty one. */
    record ListOf(String name, int repeated, int level, NodeWriter element) implements NodeWriter {
        @Override
        public void add(ColumnVector values, int row, int repetition, int definition) {
            if (values.isNullAt(row)) {
                addMissing(repetition, definition);
                return;
            }
            ArrayValue list = values.getArray(row);
            if (list.getSize() == 0) {
                addMissing(repetition, level);
            }
            for (int i = 0; i < list.getSize(); i++) {
                element.add(list.getElements(), i, i == 0 ? repetition : repeated, level + 1);
            }
        }

        @Override
        public void addMissing(int repetition, int definition) {
            element.addMissing(repetition, definition);
        }

        @Override
        public TargetField field() {
            return TargetField.list(name, element.field());
        }
    }
}
