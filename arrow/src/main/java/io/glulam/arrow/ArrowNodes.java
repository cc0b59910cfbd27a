package io.glulam.arrow;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.Repetition;
import io.glulam.format.SchemaNode;
import io.glulam.rows.NestedTypes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.complex.MapVector;

/** Turns columns of a Parquet schema into fields of Arrow. {@link NestedTypes} decides which groups are lists or maps. */
final class ArrowNodes {
    private ArrowNodes() {}

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

    /**
     * Returns a field for each column.
     *
     * @param columns children of the schema's root
     * @throws Unsupported for a type that Arrow does not have; it names the column
     */
    static List<ArrowNode> of(List<SchemaNode> columns) {
        return columns.stream().map(ArrowNodes::column).toList();
    }

    private static ArrowNode column(SchemaNode column) {
        try {
            return field(column, column.name(), new Levels(0, 0));
        } catch (Unsupported failure) {
            throw failure.within(new Place(null, -1, column.name(), -1));
        }
    }

    private static ArrowNode field(SchemaNode node, String name, Levels above) {
        Levels levels = above.below(node);
        if (!NestedTypes.hasLeaf(node)) {
            return new ArrowNode.Nothing(name);
        }
        if (node.repetition() == Repetition.REPEATED) {
            ArrowNode element = content(node, name, false, levels);
            return new ArrowNode.Repeated(
                    name, false, false, levels.repetition(), above.definition(), levels.definition(), element);
        }
        return content(node, name, node.repetition() != Repetition.REQUIRED, levels);
    }

    /** Returns the field of one value of a node that may repeat. */
    private static ArrowNode content(SchemaNode node, String name, boolean nullable, Levels levels) {
        if (!node.isGroup()) {
            return new ArrowNode.Leaf(name, nullable, false, node, LeafForms.of(node));
        }
        if (NestedTypes.isMap(node)) {
            return map(node, name, nullable, levels);
        }
        if (NestedTypes.isList(node)) {
            SchemaNode repeated = node.children().get(0);
            Levels inside = levels.below(repeated);
            SchemaNode element = NestedTypes.elementOf(node);
            ArrowNode elements = element.equals(repeated)
                    ? content(repeated, repeated.name(), false, inside)
                    : field(element, element.name(), inside);
            return new ArrowNode.Repeated(
                    name, nullable, false, inside.repetition(), levels.definition(), inside.definition(), elements);
        }
        return struct(node, name, nullable, levels);
    }

    private static ArrowNode struct(SchemaNode node, String name, boolean nullable, Levels levels) {
        Set<String> names = new HashSet<>();
        for (SchemaNode child : node.children()) {
            if (!names.add(child.name())) {
                throw new Unsupported(
                        Place.UNKNOWN,
                        "two fields " + child.name() + " in one struct, of which Arrow's library keeps one",
                        "choose other columns, or another format");
            }
        }
        return new ArrowNode.Struct(
                name,
                nullable,
                levels.definition(),
                node.children().stream()
                        .map(child -> field(child, child.name(), levels))
                        .toList());
    }

    /** A map's entries have the names that Arrow gives them, by which its readers find them. */
    private static ArrowNode map(SchemaNode node, String name, boolean nullable, Levels levels) {
        SchemaNode entries = node.children().get(0);
        Levels inside = levels.below(entries);
        ArrowNode key = key(field(entries.children().get(0), MapVector.KEY_NAME, inside));
        ArrowNode value = field(entries.children().get(1), MapVector.VALUE_NAME, inside);
        return new ArrowNode.Repeated(
                name,
                nullable,
                true,
                inside.repetition(),
                levels.definition(),
                inside.definition(),
                new ArrowNode.Struct(MapVector.DATA_VECTOR_NAME, false, inside.definition(), List.of(key, value)));
    }

    /** Arrow's keys are not null; old writers declare theirs as optional. */
    private static ArrowNode key(ArrowNode key) {
        if (key instanceof ArrowNode.Leaf leaf) {
            return new ArrowNode.Leaf(leaf.name(), false, true, leaf.node(), leaf.form());
        }
        if (key.field().isNullable()) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "a map whose keys are groups and may be null, which Arrow's may not",
                    "choose other columns, or another format");
        }
        return key;
    }
}
