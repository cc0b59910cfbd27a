package io.glulam.shape;

import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.format.Repetition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of an output's schema: a leaf column or a group of fields. The factories make optional fields without an id.
 * Immutable.
 *
 * @param name as the Parquet schema has it
 * @param id the field id; null for none
 * @param repetition whether it may be null, or repeats
 * @param type the physical type of a leaf; null for a group
 * @param typeLength bytes of a FIXED_LEN_BYTE_ARRAY value; 0 for other types and groups
 * @param logicalType the annotation; null for none
 * @param children of a group, in order; empty for a leaf
 */
public record TargetField(
        String name,
        @Nullable Integer id,
        Repetition repetition,
        @Nullable PhysicalType type,
        int typeLength,
        @Nullable LogicalType logicalType,
        List<TargetField> children) {

    public TargetField {
        children = List.copyOf(children);
        if ((type == null) == children.isEmpty()) {
            throw new IllegalArgumentException("field " + name + " needs either a type or children");
        }
        if ((type == PhysicalType.FIXED_LEN_BYTE_ARRAY) != (typeLength > 0)) {
            throw new IllegalArgumentException("field " + name + ": only FIXED_LEN_BYTE_ARRAY has a length");
        }
    }

    /** Makes a leaf column of any type but FIXED_LEN_BYTE_ARRAY. */
    public static TargetField leaf(String name, PhysicalType type) {
        return new TargetField(name, null, Repetition.OPTIONAL, type, 0, null, List.of());
    }

    /** Makes a leaf column of FIXED_LEN_BYTE_ARRAY values of {@code length} bytes. */
    public static TargetField fixed(String name, int length) {
        return new TargetField(
                name, null, Repetition.OPTIONAL, PhysicalType.FIXED_LEN_BYTE_ARRAY, length, null, List.of());
    }

    /** Makes a group of fields: a struct. */
    public static TargetField group(String name, TargetField... children) {
        return group(name, List.of(children));
    }

    /** Makes a group of fields: a struct. */
    public static TargetField group(String name, List<TargetField> children) {
        return new TargetField(name, null, Repetition.OPTIONAL, null, 0, null, children);
    }

    /** Makes a list of three levels, as the specification has it; {@code element} is usually named {@code element}. */
    public static TargetField list(String name, TargetField element) {
        return group(name, group("list", element).with(Repetition.REPEATED)).as(LogicalType.of(LogicalType.LIST));
    }

    /**
     * Makes a map.
     *
     * @param key made required
     */
    public static TargetField map(String name, TargetField key, TargetField value) {
        TargetField entries = group("key_value", key.required(), value).with(Repetition.REPEATED);
        return group(name, entries).as(LogicalType.of(LogicalType.MAP));
    }

    /** Returns this field with an id. */
    public TargetField withId(int fieldId) {
        return new TargetField(name, fieldId, repetition, type, typeLength, logicalType, children);
    }

    /** Returns this field, never null. */
    public TargetField required() {
        return with(Repetition.REQUIRED);
    }

    /** Returns this field with another repetition. */
    public TargetField with(Repetition other) {
        return new TargetField(name, id, other, type, typeLength, logicalType, children);
    }

    /** Returns this group with other fields. */
    TargetField with(List<TargetField> others) {
        return new TargetField(name, id, repetition, type, typeLength, logicalType, others);
    }

    /** Returns this field with an annotation. */
    public TargetField as(LogicalType annotation) {
        return new TargetField(name, id, repetition, type, typeLength, annotation, children);
    }

    /** Returns whether it holds other fields instead of values. */
    public boolean isGroup() {
        return type == null;
    }
}
