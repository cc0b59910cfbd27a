package io.glulam.compare;

import io.glulam.footer.Footer;
import io.glulam.format.Schema;
import io.glulam.format.SchemaNode;
import io.glulam.format.ThriftReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares schemas: names, physical types, repetition, logical types with all their parameters, converted types and
 * field ids, in order. The root's name and repetition mean nothing and are left out.
 */
public final class SchemaComparison {
    private static final int LOGICAL_TYPE = 10;

    /** An element with what {@link SchemaNode} does not keep of its logical type; that is empty if absent. */
    private record Element(String path, SchemaNode node, byte[] logicalType) {
        boolean isSame(Element other) {
            return path.equals(other.path)
                    && node.repetition() == other.node.repetition()
                    && node.type() == other.node.type()
                    && node.typeLength() == other.node.typeLength()
                    && node.convertedType() == other.node.convertedType()
                    && node.scale() == other.node.scale()
                    && node.precision() == other.node.precision()
                    && java.util.Objects.equals(node.fieldId(), other.node.fieldId())
                    && node.children().size() == other.node.children().size()
                    && Arrays.equals(logicalType, other.logicalType);
        }

        @Override
        public String toString() {
            String kind = node.isGroup() ? "group of " + node.children().size() : node.type() + length();
            String annotation = node.annotation() == null ? "" : " (" + node.annotation() + ")";
            String id = node.fieldId() == null ? "" : " = " + node.fieldId();
            return "schema element " + path + " " + node.repetition() + " " + kind + annotation + id;
        }

        private String length() {
            return node.typeLength() > 0 ? "(" + node.typeLength() + ")" : "";
        }
    }

    private SchemaComparison() {}

    /** The first difference between two schemas; empty if there is none. */
    public static Optional<Difference> firstDifference(Footer left, Footer right) {
        return firstDifference(left, right.schema(), right.rawSchema());
    }

    /**
     * The first difference between a footer's schema and another one; empty if there is none.
     *
     * @param rawRight the other one serialized, as {@link Footer#rawSchema}
     */
    public static Optional<Difference> firstDifference(Footer left, Schema right, byte[] rawRight) {
        List<Element> lefts = elements(left.schema(), left.rawSchema());
        List<Element> rights = elements(right, rawRight);
        for (int i = 0; i < Math.max(lefts.size(), rights.size()); i++) {
            if (i >= lefts.size() || i >= rights.size() || !lefts.get(i).isSame(rights.get(i))) {
                return Optional.of(difference(
                        i < lefts.size() ? lefts.get(i).toString() : "no further schema element",
                        i < rights.size() ? rights.get(i).toString() : "no further schema element"));
            }
        }
        return Optional.empty();
    }

    private static Difference difference(String left, String right) {
        return left.equals(right)
                ? Difference.of(left, "the same with other parameters of its logical type")
                : Difference.of(left, right);
    }

    private static List<Element> elements(Schema schema, byte[] raw) {
        List<byte[]> logicalTypes = logicalTypes(raw);
        List<Element> elements = new ArrayList<>();
        // The root is the first element and has no logical type that matters.
        addChildren(schema.root(), "", logicalTypes, elements);
        return elements;
    }

    private static void addChildren(SchemaNode group, String path, List<byte[]> logicalTypes, List<Element> elements) {
        for (SchemaNode child : group.children()) {
            String childPath = path.isEmpty() ? child.name() : path + "." + child.name();
            elements.add(new Element(childPath, child, logicalTypes.get(elements.size() + 1)));
            addChildren(child, childPath, logicalTypes, elements);
        }
    }

    /** Of every element, depth first as the footer has them. */
    private static List<byte[]> logicalTypes(byte[] schema) {
        ThriftReader in = new ThriftReader(schema, 0, schema.length, 0);
        int count = in.readListHeader(ThriftReader.STRUCT);
        List<byte[]> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] type = {};
            int outer = in.enterStruct();
            while (in.nextField()) {
                if (in.fieldId() == LOGICAL_TYPE) {
                    type = in.skipRaw();
                } else {
                    in.skip();
                }
            }
            in.leaveStruct(outer);
            types.add(type);
        }
        return types;
    }
}
