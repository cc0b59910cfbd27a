package io.glulam.tables.delta.engine;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.glulam.decode.ByteSlice;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Repetition;
import io.glulam.format.SchemaNode;
import io.glulam.rows.LeafCursor;
import io.glulam.rows.NodeReader;
import io.glulam.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the columns of a Parquet file that a schema of the log asks for. */
final class NodeReaders {
    private final SourceFile file;

    NodeReaders(SourceFile file) {
        this.file = file;
    }

    /** Returns a reader of the file's rows. */
    NodeReader.Struct of(StructType schema) {
        return struct(schema, file.footer().schema().root(), new Levels(0, 0));
    }

    /**
     * The levels of a node.
     *
     * @param repetition number of nodes that repeat, down to this one
     * @param definition number of nodes that are optional or repeat, down to this one
     */
    private record Levels(int repetition, int definition) {
        Levels below(SchemaNode node) {
            boolean repeated = node.repetition() == Repetition.REPEATED;
            boolean required = node.repetition() == Repetition.REQUIRED;
            return new Levels(repetition + (repeated ? 1 : 0), definition + (required ? 0 : 1));
        }
    }

    private NodeReader.Struct struct(StructType type, SchemaNode group, Levels levels) {
        List<NodeReader> fields = new ArrayList<>();
        boolean hasLeaf = false;
        for (StructField field : type.fields()) {
            SchemaNode node = child(group, field.getName());
            NodeReader reader = node == null ? new NodeReader.Absent() : reader(field.getDataType(), node, levels);
            fields.add(reader);
            hasLeaf |= node != null;
        }
        LeafCursor presence = hasLeaf ? null : new LeafCursor(file, firstLeaf(group));
        return new NodeReader.Struct(levels.repetition(), levels.definition(), fields, presence);
    }

    private static @Nullable SchemaNode child(SchemaNode group, String name) {
        SchemaNode other = null;
        for (SchemaNode node : group.children()) {
            if (node.name().equals(name)) {
                return node;
            }
            other = node.name().equalsIgnoreCase(name) ? node : other;
        }
        return other;
    }

    private Leaf firstLeaf(SchemaNode group) {
        SchemaNode node = group;
        while (node.isGroup()) {
            if (node.children().isEmpty()) {
                throw new Unsupported(Place.UNKNOWN, "a checkpoint with a group without columns");
            }
            node = node.children().get(0);
        }
        return file.footer().schema().leaves().get(node.leaf());
    }

    private NodeReader reader(DataType type, SchemaNode node, Levels above) {
        if (node.repetition() == Repetition.REPEATED) {
            throw new Unsupported(
                    Place.UNKNOWN, "a checkpoint whose field " + node.name() + " repeats outside of a list");
        }
        Levels levels = above.below(node);
        if (type instanceof StructType struct) {
            requireGroup(node);
            return struct(struct, node, levels);
        }
        if (type instanceof MapType map) {
            SchemaNode entries = repeated(node);
            Levels inside = levels.below(entries);
            if (entries.children().size() != 2) {
                throw corrupt(node, "is no map of keys and values");
            }
            NodeReader key = reader(map.getKeyType(), entries.children().get(0), inside);
            NodeReader value = reader(map.getValueType(), entries.children().get(1), inside);
            return new NodeReader.Repeated(
                    inside.repetition(), inside.definition(), levels.definition(), List.of(key, value));
        }
        if (type instanceof ArrayType array) {
            return list(array.getElementType(), node, levels);
        }
        return primitive(type, node);
    }

    /** A list of three levels, as the specification has it. */
    private NodeReader list(DataType element, SchemaNode node, Levels levels) {
        SchemaNode repeated = repeated(node);
        if (!repeated.isGroup() || repeated.children().size() != 1) {
            throw new Unsupported(Place.UNKNOWN, "a checkpoint whose list " + node.name() + " has two levels");
        }
        Levels inside = levels.below(repeated);
        NodeReader reader = reader(element, repeated.children().get(0), inside);
        return new NodeReader.Repeated(inside.repetition(), inside.definition(), levels.definition(), List.of(reader));
    }

    private static SchemaNode repeated(SchemaNode node) {
        requireGroup(node);
        if (node.children().size() != 1 || node.children().get(0).repetition() != Repetition.REPEATED) {
            throw corrupt(node, "is neither a list nor a map");
        }
        return node.children().get(0);
    }

    private static void requireGroup(SchemaNode node) {
        if (!node.isGroup()) {
            throw corrupt(node, "is no group");
        }
    }

    private static CorruptFile corrupt(SchemaNode node, String problem) {
        return new CorruptFile(Place.UNKNOWN, "the checkpoint's field " + node.name() + " " + problem);
    }

    private NodeReader primitive(DataType type, SchemaNode node) {
        if (node.isGroup()) {
            throw corrupt(node, "is a group");
        }
        PhysicalType physical = node.type();
        NodeReader.Value value;
        if (type instanceof StringType && physical == PhysicalType.BYTE_ARRAY) {
            value = triplet -> text(triplet.bytes());
        } else if (type instanceof LongType && (physical == PhysicalType.INT64 || physical == PhysicalType.INT32)) {
            value = triplet -> triplet.bits();
        } else if (type instanceof IntegerType && physical == PhysicalType.INT32) {
            value = triplet -> (int) triplet.bits();
        } else if (type instanceof BooleanType && physical == PhysicalType.BOOLEAN) {
            value = triplet -> triplet.bits() != 0;
        } else {
            throw corrupt(node, "is " + physical + ", which is no " + type);
        }
        Leaf leaf = file.footer().schema().leaves().get(node.leaf());
        return new NodeReader.Primitive(new LeafCursor(file, leaf), value);
    }

    private static String text(ByteSlice bytes) {
        return new String(bytes.array(), bytes.from(), bytes.length(), StandardCharsets.UTF_8);
    }
}
