package io.glulam.rows;

import io.glulam.format.Repetition;
import io.glulam.format.SchemaNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the readers of a file's columns. {@link NestedTypes} decides which groups are lists or maps; a field that repeats outside
 * of one is a list of its own.
 */
final class RowNodes {
    private final RowCursors cursors;

    RowNodes(RowCursors cursors) {
        this.cursors = cursors;
    }

    /** Returns a reader of rows that hold these columns. */
    NodeReader.Struct of(List<SchemaNode> columns) {
        return struct(columns, new Levels(0, 0));
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

    private NodeReader.Struct struct(List<SchemaNode> fields, Levels levels) {
        List<NodeReader> readers = new ArrayList<>(fields.size());
        fields.forEach(field -> readers.add(reader(field, levels)));
        return new NodeReader.Struct(levels.repetition(), levels.definition(), readers, null);
    }

    private NodeReader reader(SchemaNode node, Levels above) {
        Levels levels = above.below(node);
        if (!NestedTypes.hasLeaf(node)) {
            return new NodeReader.Absent();
        }
        if (node.repetition() == Repetition.REPEATED) {
            return repeated(levels, above.definition(), List.of(content(node, levels)));
        }
        return content(node, levels);
    }

    private NodeReader content(SchemaNode node, Levels levels) {
        if (!node.isGroup()) {
            return new NodeReader.Primitive(cursors.add(node), LogicalValues.of(node));
        }
        if (NestedTypes.isMap(node)) {
            SchemaNode entries = node.children().get(0);
            Levels inside = levels.below(entries);
            return repeated(
                    inside,
                    levels.definition(),
                    List.of(
                            reader(entries.children().get(0), inside),
                            reader(entries.children().get(1), inside)));
        }
        if (NestedTypes.isList(node)) {
            SchemaNode repeated = node.children().get(0);
            Levels inside = levels.below(repeated);
            NodeReader element = NestedTypes.repeatsItsElement(node)
                    ? content(repeated, inside)
                    : reader(repeated.children().get(0), inside);
            return repeated(inside, levels.definition(), List.of(element));
        }
        return struct(node.children(), levels);
    }

    private static NodeReader.Repeated repeated(Levels inside, int emptyDefinition, List<NodeReader> elements) {
        return new NodeReader.Repeated(inside.repetition(), inside.definition(), emptyDefinition, elements);
    }
}
