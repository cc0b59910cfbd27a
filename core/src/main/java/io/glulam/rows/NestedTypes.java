package io.glulam.rows;

import io.glulam.format.ConvertedType;
import io.glulam.format.LogicalType;
import io.glulam.format.Repetition;
import io.glulam.format.SchemaNode;
import java.util.Set;

/**
 * Which groups of a schema are lists and maps: found by their annotations, in all the forms of the specification
 * (LogicalTypes.md, "Nested Types" with its rules for older writers).
 */
public final class NestedTypes {
    private static final Set<Integer> OLD_LISTS = Set.of(ConvertedType.LIST.ordinal());
    private static final Set<Integer> OLD_MAPS =
            Set.of(ConvertedType.MAP.ordinal(), ConvertedType.MAP_KEY_VALUE.ordinal());

    private NestedTypes() {}

    /** Returns whether a node is a map of keys and values; one of keys alone is a group as any other. */
    public static boolean isMap(SchemaNode node) {
        return isAnnotated(node, LogicalType.MAP, OLD_MAPS)
                && repeats(node)
                && node.children().get(0).children().size() == 2
                && node.children().get(0).children().stream().allMatch(NestedTypes::hasLeaf);
    }

    /** Returns whether a node is a list. */
    public static boolean isList(SchemaNode node) {
        return isAnnotated(node, LogicalType.LIST, OLD_LISTS) && repeats(node) && hasLeaf(node);
    }

    /** Returns the node of a list's elements: what repeats, as in lists of two levels, or the only field in it. */
    public static SchemaNode elementOf(SchemaNode list) {
        SchemaNode repeated = list.children().get(0);
        return repeatsItsElement(list) ? repeated : repeated.children().get(0);
    }

    /** Returns whether what repeats in a list is its element. The specification's rules in their order. */
    static boolean repeatsItsElement(SchemaNode list) {
        SchemaNode repeated = list.children().get(0);
        return !repeated.isGroup()
                || repeated.children().size() != 1
                || repeated.children().get(0).repetition() == Repetition.REPEATED
                || repeated.name().equals("array")
                || repeated.name().equals(list.name() + "_tuple");
    }

    /** Returns whether there are columns in a node. */
    public static boolean hasLeaf(SchemaNode node) {
        return !node.isGroup() || node.children().stream().anyMatch(NestedTypes::hasLeaf);
    }

    private static boolean repeats(SchemaNode node) {
        return node.children().size() == 1 && node.children().get(0).repetition() == Repetition.REPEATED;
    }

    private static boolean isAnnotated(SchemaNode node, int type, Set<Integer> convertedTypes) {
        LogicalType logical = node.logicalType();
        return node.isGroup()
                && (logical != null ? logical.id() == type : convertedTypes.contains(node.convertedType()));
    }
}
