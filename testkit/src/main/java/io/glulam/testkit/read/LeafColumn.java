package io.glulam.testkit.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/**
 * A leaf of the schema.
 *
 * @param index position among the leaves, which is also its position in every row group
 * @param path names from below the root down to the leaf
 * @param repetitions repetition of each element of the path
 * @param element the leaf's schema element
 */
public record LeafColumn(
        int index,
        List<String> path,
        List<FieldRepetitionType> repetitions,
        SchemaElement element,
        int maxRepetitionLevel,
        int maxDefinitionLevel) {

    private static final class Open {
        final SchemaElement element;
        final int repetition;
        final int definition;
        int childrenLeft;

        Open(SchemaElement element, int repetition, int definition) {
            this.element = element;
            this.repetition = repetition;
            this.definition = definition;
            this.childrenLeft = element.getNum_children();
        }
    }

    /** The leaves of a flattened schema, in order. Not recursive, since schemas may be nested absurdly deep. */
    public static List<LeafColumn> of(List<SchemaElement> schema) {
        List<LeafColumn> leaves = new ArrayList<>();
        Deque<Open> groups = new ArrayDeque<>();
        if (schema.isEmpty()) {
            throw new MalformedFile("schema without a root");
        }
        groups.push(new Open(schema.get(0), 0, 0));
        for (SchemaElement element : schema.subList(1, schema.size())) {
            while (!groups.isEmpty() && groups.peek().childrenLeft == 0) {
                groups.pop();
            }
            if (groups.isEmpty()) {
                throw new MalformedFile("schema element " + element.getName() + " has no parent");
            }
            Open parent = groups.peek();
            parent.childrenLeft--;
            FieldRepetitionType repetitionType = element.getRepetition_type();
            int repetition = parent.repetition + (repetitionType == FieldRepetitionType.REPEATED ? 1 : 0);
            boolean mayBeAbsent = repetitionType != null && repetitionType != FieldRepetitionType.REQUIRED;
            int definition = parent.definition + (mayBeAbsent ? 1 : 0);
            if (element.isSetType() && element.getNum_children() == 0) {
                leaves.add(leaf(leaves.size(), groups, element, repetition, definition));
            } else {
                groups.push(new Open(element, repetition, definition));
            }
        }
        if (groups.stream().anyMatch(group -> group.childrenLeft != 0)) {
            throw new MalformedFile("schema ends before all children are there");
        }
        return leaves;
    }

    private static LeafColumn leaf(int index, Deque<Open> groups, SchemaElement leaf, int repetition, int definition) {
        List<SchemaElement> elements = new ArrayList<>(groups.size());
        groups.descendingIterator().forEachRemaining(group -> elements.add(group.element));
        elements.remove(0);
        elements.add(leaf);
        List<String> path = elements.stream().map(SchemaElement::getName).toList();
        List<FieldRepetitionType> repetitions = elements.stream()
                .map(element ->
                        element.isSetRepetition_type() ? element.getRepetition_type() : FieldRepetitionType.REQUIRED)
                .toList();
        return new LeafColumn(index, path, repetitions, leaf, repetition, definition);
    }

    public String dottedPath() {
        return String.join(".", path);
    }

    public boolean isFlat() {
        return maxRepetitionLevel == 0;
    }
}
