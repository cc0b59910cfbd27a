package io.glulam.schema;

import io.glulam.format.PhysicalType;
import io.glulam.format.SchemaNode;
import io.glulam.shape.MadeColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells whether values that were given for columns of an output are values of these columns. Immutable. */
final class MadeColumns {
    private final Map<List<String>, SchemaNode> leaves = new HashMap<>();

    /** @param output the schema's root */
    MadeColumns(Element output) {
        output.children().forEach(field -> add(field, field.node().name(), List.of()));
    }

    /** Repeated groups of lists and maps have no name in a path, and their fields go by their places. */
    private void add(Element element, String name, List<String> around) {
        List<String> path = new ArrayList<>(around);
        path.add(name);
        if (!element.node().isGroup()) {
            leaves.put(List.copyOf(path), element.node());
            return;
        }
        List<Element> children = element.children();
        switch (Nesting.of(element)) {
            case PLAIN -> children.forEach(child -> add(child, child.node().name(), path));
            case TWO_LEVEL_LIST -> add(children.get(0), "element", path);
            case THREE_LEVEL_LIST -> add(children.get(0).children().get(0), "element", path);
            case MAP -> {
                List<Element> entry = children.get(0).children();
                for (int i = 0; i < entry.size(); i++) {
                    add(entry.get(i), i == 0 ? "key" : "value", path);
                }
            }
        }
    }

    /** @throws IllegalArgumentException if a value is none of its column, or the output has no such column */
    void requireValid(Map<List<String>, MadeColumn> made) {
        made.forEach((path, column) -> {
            SchemaNode leaf = leaves.get(path);
            if (leaf == null) {
                throw new IllegalArgumentException("the output has no leaf column " + path);
            }
            if (!isValid(path, leaf, column.values())) {
                throw new IllegalArgumentException("a value that the column " + path + " cannot have");
            }
        });
    }

    private static boolean isValid(List<String> path, SchemaNode leaf, MadeColumn.Values values) {
        if (values instanceof MadeColumn.Constant constant) {
            return leaf.type() == PhysicalType.FIXED_LEN_BYTE_ARRAY
                    ? constant.type() == PhysicalType.BYTE_ARRAY && constant.plain().length == leaf.typeLength()
                    : constant.type() == leaf.type();
        }
        return leaf.type() == PhysicalType.INT64 && path.size() == 1;
    }
}
