package io.glulam.format;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree from the depth-first list of {@code SchemaElement}s, without recursion. The limits keep what a small
 * hostile footer can make of memory in proportion (paths grow with the square of the depth) and let what comes later
 * walk the tree by recursion.
 */
final class SchemaParser {
    static final int MAX_DEPTH = 400;
    private static final int MAX_ELEMENTS = 250_000;
    private static final int MAX_PATH_NAMES = 4_000_000;

    private final Deque<OpenGroup> open = new ArrayDeque<>();
    private final List<String> path = new ArrayList<>();
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<SchemaNode> leafNodes = new ArrayList<>();
    private @Nullable SchemaNode root;
    private long pathNames;

    /** A group that still waits for children. */
    private static final class OpenGroup {
        final SchemaElement element;
        final List<SchemaNode> children = new ArrayList<>();
        final int repetitionLevel;
        final int definitionLevel;

        OpenGroup(SchemaElement element, int repetitionLevel, int definitionLevel) {
            this.element = element;
            this.repetitionLevel = repetitionLevel;
            this.definitionLevel = definitionLevel;
        }
    }

    Schema parse(ThriftReader in) {
        int count = in.readListHeader(ThriftReader.STRUCT);
        if (count > MAX_ELEMENTS) {
            throw new Unsupported(Place.UNKNOWN, "a schema of " + count + " elements (the limit is 250,000)");
        }
        for (int i = 0; i < count; i++) {
            if (root != null) {
                throw corrupt(i, "is left over: the tree is complete before it");
            }
            SchemaElement element = SchemaElement.read(in, i);
            add(element, i, count - i - 1);
        }
        if (root == null) {
            throw new CorruptFile(
                    Place.UNKNOWN, "FileMetaData.schema ends after " + count + " elements, inside its tree");
        }
        return new Schema(root, leaves, leafNodes, false);
    }

    private void add(SchemaElement element, int index, int elementsLeft) {
        OpenGroup parent = open.peek();
        Repetition repetition = parent == null ? null : repetition(element, index);
        int repetitionLevel = parent == null ? 0 : parent.repetitionLevel;
        int definitionLevel = parent == null ? 0 : parent.definitionLevel;
        if (repetition == Repetition.REPEATED) {
            repetitionLevel++;
        }
        if (repetition == Repetition.REPEATED || repetition == Repetition.OPTIONAL) {
            definitionLevel++;
        }
        if (parent != null) {
            path.add(element.name());
        }
        if (element.type() >= 0) {
            if (parent == null) {
                throw corrupt(index, "is the root and has a type");
            }
            parent.children.add(leaf(element, index, repetition, repetitionLevel, definitionLevel));
            path.remove(path.size() - 1);
        } else {
            if (element.childCount() < 0 && parent != null) {
                throw corrupt(index, "has neither type nor num_children");
            }
            if (element.childCount() > elementsLeft) {
                throw corrupt(
                        index,
                        "has num_children " + element.childCount() + ", but only " + elementsLeft + " elements follow");
            }
            if (open.size() >= MAX_DEPTH) {
                throw new Unsupported(Place.UNKNOWN, "a schema nested more than " + MAX_DEPTH + " deep");
            }
            open.push(new OpenGroup(element, repetitionLevel, definitionLevel));
        }
        closeComplete();
    }

    private void closeComplete() {
        OpenGroup group = open.peek();
        while (group != null && group.children.size() >= group.element.childCount()) {
            open.pop();
            OpenGroup parent = open.peek();
            SchemaNode node = group.element.group(parent == null, group.children);
            if (parent == null) {
                root = node;
            } else {
                parent.children.add(node);
                path.remove(path.size() - 1);
            }
            group = parent;
        }
    }

    private SchemaNode leaf(
            SchemaElement element,
            int index,
            @Nullable Repetition repetition,
            int repetitionLevel,
            int definitionLevel) {
        PhysicalType type = PhysicalType.of(element.type());
        if (type == null) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "column " + String.join(".", path) + " has physical type " + element.type()
                            + ", which this version does not know",
                    "a later version may");
        }
        boolean fixed = type == PhysicalType.FIXED_LEN_BYTE_ARRAY;
        if (fixed && element.typeLength() <= 0) {
            throw corrupt(index, "is a FIXED_LEN_BYTE_ARRAY of type_length " + element.typeLength());
        }
        if (element.childCount() > 0) {
            throw corrupt(index, "has a type and num_children " + element.childCount());
        }
        pathNames += path.size();
        if (pathNames > MAX_PATH_NAMES) {
            throw new Unsupported(Place.UNKNOWN, "a schema whose leaf paths hold more than 4,000,000 names");
        }
        int position = leaves.size();
        SchemaNode node = element.leaf(repetition, type, fixed ? element.typeLength() : 0, position);
        leafNodes.add(node);
        leaves.add(new Leaf(
                position,
                List.copyOf(path),
                type,
                node.typeLength(),
                repetitionLevel,
                definitionLevel,
                SortOrders.ofTypes(node),
                node.decimalPrecision()));
        return node;
    }

    private static Repetition repetition(SchemaElement element, int index) {
        if (element.repetition() < 0) {
            throw corrupt(index, "has no repetition_type");
        }
        Repetition repetition = Repetition.of(element.repetition());
        if (repetition == null) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "FileMetaData.schema[" + index + "].repetition_type is " + element.repetition()
                            + ", which this version does not know",
                    "a later version may");
        }
        return repetition;
    }

    private static CorruptFile corrupt(int index, String problem) {
        return new CorruptFile(Place.UNKNOWN, "FileMetaData.schema[" + index + "] " + problem);
    }
}
