package io.glulam.tables.delta.files;

import io.glulam.format.ConvertedType;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.format.Repetition;
import io.glulam.format.SchemaNode;
import io.glulam.shape.TargetField;
import io.glulam.tables.delta.log.DeltaField;
import io.glulam.tables.delta.log.DeltaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a new file: the columns of the table's schema that its sources have, in the schema's order and in the sources'
 * physical form. Columns that no source has stay absent, which readers take for nulls.
 */
public final class TargetSchema {
    private final boolean byId;

    private TargetSchema(boolean byId) {
        this.byId = byId;
    }

    /**
     * Makes the schema of a file.
     *
     * @param fields of the table without partition columns
     * @param forms of the sources
     * @param byId whether columns are found by field ids
     * @throws FormsDiffer if the sources do not go together, or a source does not fit the table's schema
     */
    public static List<TargetField> of(List<DeltaField> fields, List<FileForm> forms, boolean byId) throws FormsDiffer {
        List<SchemaNode> roots = forms.stream().map(FileForm::root).toList();
        List<TargetField> found = new TargetSchema(byId).fields(fields, roots);
        if (found.isEmpty()) {
            throw new FormsDiffer("no column of the table's schema is in the file");
        }
        return found;
    }

    private List<TargetField> fields(List<DeltaField> fields, List<SchemaNode> groups) throws FormsDiffer {
        List<TargetField> found = new ArrayList<>();
        for (DeltaField field : fields) {
            List<SchemaNode> nodes = new ArrayList<>();
            for (SchemaNode group : groups) {
                SchemaNode node = child(group, field);
                if (node != null) {
                    nodes.add(node);
                }
            }
            if (!nodes.isEmpty()) {
                TargetField target = field(field.physicalName(), field.type(), nodes);
                boolean required = nodes.size() == groups.size() && isRequired(nodes);
                TargetField repeated = target.with(required ? Repetition.REQUIRED : Repetition.OPTIONAL);
                found.add(field.id() == null ? repeated : repeated.withId(field.id()));
            }
        }
        return found;
    }

    private static boolean isRequired(List<SchemaNode> nodes) {
        return nodes.stream().allMatch(node -> node.repetition() == Repetition.REQUIRED);
    }

    /** Fields that are found by ids must also have their physical names: the new file's columns are matched by them. */
    private @Nullable SchemaNode child(SchemaNode group, DeltaField field) throws FormsDiffer {
        SchemaNode found = null;
        for (SchemaNode node : group.children()) {
            boolean named = node.name().equals(field.physicalName());
            boolean identified = field.id() != null && field.id().equals(node.fieldId());
            if (byId && named != identified) {
                throw new FormsDiffer("column " + node.name() + " has another field id than the table's schema says");
            }
            if (!named && node.name().equalsIgnoreCase(field.physicalName())) {
                throw new FormsDiffer(
                        "column " + node.name() + " differs from the table's schema in its capital letters");
            }
            if (named && found != null) {
                throw new FormsDiffer("two columns are named " + node.name());
            }
            found = named ? node : found;
        }
        return found;
    }

    private TargetField field(String name, DeltaType type, List<SchemaNode> nodes) throws FormsDiffer {
        if (nodes.stream().anyMatch(node -> node.repetition() == Repetition.REPEATED)) {
            throw new FormsDiffer("column " + name + " repeats outside of a list");
        }
        if (type instanceof DeltaType.Struct struct) {
            List<TargetField> children = fields(struct.fields(), groups(name, nodes));
            if (children.isEmpty()) {
                throw new FormsDiffer("struct " + name + " has none of the fields of the table's schema");
            }
            return TargetField.group(name, children);
        }
        if (type instanceof DeltaType.ListOf list) {
            return list(name, list, groups(name, nodes));
        }
        if (type instanceof DeltaType.MapOf map) {
            return map(name, map, groups(name, nodes));
        }
        return leaf(name, nodes);
    }

    private static List<SchemaNode> groups(String name, List<SchemaNode> nodes) throws FormsDiffer {
        if (!nodes.stream().allMatch(SchemaNode::isGroup)) {
            throw new FormsDiffer("column " + name + " is a value in one file and a group in another");
        }
        return nodes;
    }

    private TargetField list(String name, DeltaType.ListOf type, List<SchemaNode> nodes) throws FormsDiffer {
        List<SchemaNode> repeated = children(name, nodes, 0, 1);
        List<SchemaNode> elements = children(name, groups(name, repeated), 0, 1);
        TargetField element = element(type.element(), elements);
        TargetField entries = TargetField.group(repeated.get(0).name(), element).with(Repetition.REPEATED);
        return TargetField.group(name, entries).as(LogicalType.of(LogicalType.LIST));
    }

    private TargetField map(String name, DeltaType.MapOf type, List<SchemaNode> nodes) throws FormsDiffer {
        List<SchemaNode> repeated = groups(name, children(name, nodes, 0, 1));
        TargetField key = element(type.key(), children(name, repeated, 0, 2));
        TargetField value = element(type.value(), children(name, repeated, 1, 2));
        TargetField entries =
                TargetField.group(repeated.get(0).name(), key, value).with(Repetition.REPEATED);
        return TargetField.group(name, entries).as(LogicalType.of(LogicalType.MAP));
    }

    private TargetField element(DeltaType type, List<SchemaNode> nodes) throws FormsDiffer {
        TargetField field = field(nodes.get(0).name(), type, nodes);
        TargetField repeated = isRequired(nodes) ? field.required() : field;
        Integer id = nodes.get(0).fieldId();
        return id == null ? repeated : repeated.withId(id);
    }

    /** Returns the child at a position of each node; all of them must have as many children, and the child one name. */
    private static List<SchemaNode> children(String name, List<SchemaNode> nodes, int position, int count)
            throws FormsDiffer {
        List<SchemaNode> children = new ArrayList<>();
        for (SchemaNode node : nodes) {
            if (node.children().size() != count) {
                throw new FormsDiffer("column " + name + " is not a list or map in the specification's form");
            }
            children.add(node.children().get(position));
        }
        SchemaNode first = children.get(0);
        for (SchemaNode child : children) {
            if (!child.name().equals(first.name()) || !Objects.equals(child.fieldId(), first.fieldId())) {
                throw new FormsDiffer("column " + name + " names its elements differently");
            }
        }
        return children;
    }

    /** Readers of one file take a value of any of the table's earlier types, so that the widest of them holds all. */
    private static TargetField leaf(String name, List<SchemaNode> nodes) throws FormsDiffer {
        SchemaNode widest = nodes.get(0);
        for (SchemaNode node : nodes) {
            widest = isSame(node, widest) ? widest : wider(name, widest, node);
        }
        PhysicalType type = widest.type();
        if (type == null) {
            throw new FormsDiffer("column " + name + " is a group, and a value in the table's schema");
        }
        TargetField leaf = type == PhysicalType.FIXED_LEN_BYTE_ARRAY
                ? TargetField.fixed(name, widest.typeLength())
                : TargetField.leaf(name, type);
        LogicalType annotation = annotation(widest);
        return annotation == null ? leaf : leaf.as(annotation);
    }

    private static boolean isSame(SchemaNode left, SchemaNode right) throws FormsDiffer {
        return left.type() == right.type()
                && left.typeLength() == right.typeLength()
                && Objects.equals(annotation(left), annotation(right));
    }

    /** Returns the form that also holds the values of the other one, without loss. */
    private static SchemaNode wider(String name, SchemaNode left, SchemaNode right) throws FormsDiffer {
        LogicalType leftType = annotation(left);
        LogicalType rightType = annotation(right);
        if (leftType != null
                && rightType != null
                && leftType.id() == LogicalType.DECIMAL
                && rightType.id() == LogicalType.DECIMAL
                && leftType.scale() == rightType.scale()) {
            return rightType.precision() > leftType.precision() ? right : left;
        }
        int leftBits = bits(left, leftType);
        int rightBits = bits(right, rightType);
        if (leftBits == 0 || rightBits == 0 || isFloating(left) != isFloating(right)) {
            throw new FormsDiffer("column " + name + " is " + described(left) + " and " + described(right));
        }
        return rightBits > leftBits ? right : left;
    }

    private static boolean isFloating(SchemaNode node) {
        return node.type() == PhysicalType.FLOAT || node.type() == PhysicalType.DOUBLE;
    }

    /** Bits of signed integers and of floating-point numbers; 0 for all other types. */
    private static int bits(SchemaNode node, @Nullable LogicalType type) {
        if (type != null) {
            return type.id() == LogicalType.INTEGER && type.signed() ? type.bitWidth() : 0;
        }
        PhysicalType physical = node.type();
        return switch (physical == null ? PhysicalType.BOOLEAN : physical) {
            case INT32, FLOAT -> Integer.SIZE;
            case INT64, DOUBLE -> Long.SIZE;
            default -> 0;
        };
    }

    private static String described(SchemaNode node) {
        String annotation = node.annotation();
        return node.type() + (annotation == null ? "" : " " + annotation);
    }

    /** The node's logical type, or the one that its converted type means. */
    private static @Nullable LogicalType annotation(SchemaNode node) throws FormsDiffer {
        if (node.logicalType() != null) {
            return node.logicalType();
        }
        ConvertedType converted = ConvertedType.of(node.convertedType());
        if (converted == null) {
            return null;
        }
        return switch (converted) {
            case UTF8 -> LogicalType.string();
            case DECIMAL -> LogicalType.decimal(node.precision(), node.scale());
            case DATE -> LogicalType.date();
            case TIMESTAMP_MILLIS -> LogicalType.timestamp(true, 1);
            case TIMESTAMP_MICROS -> LogicalType.timestamp(true, 2);
            case INT_8 -> LogicalType.integer(8, true);
            case INT_16 -> LogicalType.integer(16, true);
            case INT_32 -> LogicalType.integer(32, true);
            case INT_64 -> LogicalType.integer(64, true);
            case JSON -> LogicalType.of(LogicalType.JSON);
            case ENUM -> LogicalType.of(LogicalType.ENUM);
            case BSON -> LogicalType.of(LogicalType.BSON);
            default ->
                throw new FormsDiffer("column " + node.name() + " is annotated as " + converted
                        + ", which Delta's types do not have");
        };
    }
}
