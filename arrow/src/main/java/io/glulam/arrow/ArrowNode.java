package io.glulam.arrow;

import io.glulam.format.SchemaNode;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** A field of Arrow's schema, with the definition and repetition levels of Parquet that tell its values. */
sealed interface ArrowNode {
    /** Returns the field, with the fields below it. */
    Field field();

    private static Field field(String name, boolean nullable, ArrowType type, List<ArrowNode> children) {
        return new Field(
                name,
                new FieldType(nullable, type, null),
                children.stream().map(ArrowNode::field).toList());
    }

    /**
     * A column of values.
     *
     * @param key whether it is a map's keys, which must not be null although Parquet's schema allows it
     */
    record Leaf(String name, boolean nullable, boolean key, SchemaNode node, LeafForm form) implements ArrowNode {
        @Override
        public Field field() {
            boolean nulls = nullable || form.type() instanceof ArrowType.Null;
            return ArrowNode.field(name, nulls, form.type(), List.of());
        }
    }

    /**
     * A struct.
     *
     * @param definition level from which on it is not null
     */
    record Struct(String name, boolean nullable, int definition, List<ArrowNode> fields) implements ArrowNode {
        @Override
        public Field field() {
            return ArrowNode.field(name, nullable, ArrowType.Struct.INSTANCE, fields);
        }
    }

    /**
     * A list or a map.
     *
     * @param map whether it is a map, whose elements are structs of a key and a value
     * @param repetition level of its elements after the first
     * @param definition level from which on it is not null
     * @param elementDefinition level from which on it has an element
     */
    record Repeated(
            String name,
            boolean nullable,
            boolean map,
            int repetition,
            int definition,
            int elementDefinition,
            ArrowNode element)
            implements ArrowNode {
        @Override
        public Field field() {
            ArrowType type = map ? new ArrowType.Map(false) : ArrowType.List.INSTANCE;
            return ArrowNode.field(name, nullable, type, List.of(element));
        }
    }

    /** A group without columns, of which a file does not tell whether it is null. */
    record Nothing(String name) implements ArrowNode {
        @Override
        public Field field() {
            return ArrowNode.field(name, true, ArrowType.Null.INSTANCE, List.of());
        }
    }
}
