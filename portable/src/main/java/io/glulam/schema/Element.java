package io.glulam.schema;

import io.glulam.format.Repetition;
import io.glulam.format.Schema;
import io.glulam.format.SchemaNode;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code SchemaElement} with its bytes, so that fields which this version does not know stay, and its children.
 *
 * @param node as read
 * @param fields of the struct by id
 * @param children in order
 */
record Element(SchemaNode node, Map<Integer, Field> fields, List<Element> children) {
    private static final int REPETITION = 3;
    private static final int NAME = 4;
    private static final int CHILD_COUNT = 5;
    private static final int FIELD_ID = 9;
    private static final int LOGICAL_TYPE = 10;
    private static final byte[] ABSENT = {};

    /** A field of the struct: its Thrift type and its serialized value. */
    @SuppressWarnings("ArrayRecordComponent")
    record Field(int type, byte[] value) {}

    /** Returns the root of a serialized list of elements. */
    static Element read(byte[] raw) {
        Schema schema = Schema.read(new ThriftReader(raw, 0, raw.length, 0));
        ThriftReader in = new ThriftReader(raw, 0, raw.length, 0);
        int count = in.readListHeader(ThriftReader.STRUCT);
        List<Map<Integer, Field>> structs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            structs.add(readStruct(in));
        }
        return tree(schema.root(), structs.iterator());
    }

    private static Map<Integer, Field> readStruct(ThriftReader in) {
        Map<Integer, Field> fields = new TreeMap<>();
        int outer = in.enterStruct();
        while (in.nextField()) {
            int id = in.fieldId();
            int type = in.fieldType();
            fields.put(id, new Field(type, in.skipRaw()));
        }
        in.leaveStruct(outer);
        return fields;
    }

    private static Element tree(SchemaNode node, Iterator<Map<Integer, Field>> structs) {
        Map<Integer, Field> fields = structs.next();
        List<Element> children = new ArrayList<>(node.children().size());
        for (SchemaNode child : node.children()) {
            children.add(tree(child, structs));
        }
        return new Element(node, fields, children);
    }

    /** Returns the serialized list of this element and all below it. */
    byte[] write() {
        ThriftWriter out = new ThriftWriter(1024);
        out.listHeader(ThriftReader.STRUCT, count());
        write(out);
        return out.toByteArray();
    }

    private int count() {
        return 1 + children.stream().mapToInt(Element::count).sum();
    }

    private void write(ThriftWriter out) {
        int outer = out.enterStruct();
        fields.forEach((id, field) -> out.rawField(id, field.type(), field.value()));
        out.leaveStruct(outer);
        children.forEach(child -> child.write(out));
    }

    /** Returns this element with other children, and optional instead of required if that is wanted. */
    Element with(List<Element> others, @Nullable Repetition repetition) {
        Map<Integer, Field> changed = new TreeMap<>(fields);
        if (repetition != node.repetition() && repetition != null) {
            changed.put(REPETITION, number(repetition.ordinal()));
        }
        if (others.size() != children.size()) {
            changed.put(CHILD_COUNT, number(others.size()));
        }
        return new Element(node, changed, List.copyOf(others));
    }

    /** Returns this element, a leaf, with the type and annotation of another. */
    Element withTypeOf(Element other) {
        Map<Integer, Field> changed = new TreeMap<>(other.fields);
        for (int id : new int[] {REPETITION, NAME, FIELD_ID}) {
            Field own = fields.get(id);
            if (own == null) {
                changed.remove(id);
            } else {
                changed.put(id, own);
            }
        }
        return new Element(node, changed, children);
    }

    private static Field number(int value) {
        ThriftWriter out = new ThriftWriter(8);
        out.writeI32(value);
        return new Field(ThriftReader.I32, out.toByteArray());
    }

    /** The serialized logical type; empty if absent. */
    byte[] logicalType() {
        Field field = fields.get(LOGICAL_TYPE);
        return field == null ? ABSENT : field.value();
    }

    boolean isRepeated() {
        return node.repetition() == Repetition.REPEATED;
    }

    /** Whether the element adds a definition level. */
    boolean isDefining() {
        return node.repetition() == Repetition.REPEATED || node.repetition() == Repetition.OPTIONAL;
    }

    /** The first leaf of this element or below it; null if there is none. */
    @Nullable
    SchemaNode firstLeaf() {
        if (!node.isGroup()) {
            return node;
        }
        for (Element child : children) {
            SchemaNode leaf = child.firstLeaf();
            if (leaf != null) {
                return leaf;
            }
        }
        return null;
    }

    /**
     * Returns the highest definition level of the first leaf below this group.
     *
     * @param level of the group
     */
    int firstLeafLevel(int level) {
        Element element = this;
        int max = level;
        while (element.node().isGroup()) {
            Element next = null;
            for (Element child : element.children()) {
                if (child.firstLeaf() != null) {
                    next = child;
                    break;
                }
            }
            element = Objects.requireNonNull(next);
            max += element.isDefining() ? 1 : 0;
        }
        return max;
    }

    /** Leaves at and below this element. */
    int leafCount() {
        return node.isGroup() ? children.stream().mapToInt(Element::leafCount).sum() : 1;
    }

    /** For people: name, repetition, type and annotation. */
    String describe(String path) {
        String kind = node.isGroup()
                ? "group of " + children.size()
                : node.type() + (node.typeLength() > 0 ? "(" + node.typeLength() + ")" : "");
        String annotation = node.annotation() == null ? "" : " (" + node.annotation() + ")";
        String id = node.fieldId() == null ? "" : " = " + node.fieldId();
        return "schema element " + path + " " + node.repetition() + " " + kind + annotation + id;
    }
}
