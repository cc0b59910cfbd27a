package io.glulam.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group or a leaf of the schema tree, as the file's {@code SchemaElement} says.
 *
 * @param name valid UTF-8, possibly empty, not necessarily unique among its siblings
 * @param repetition null for the root, where it means nothing
 * @param type physical type; null for a group
 * @param typeLength bytes of a FIXED_LEN_BYTE_ARRAY value; 0 for other types and groups
 * @param logicalType null if absent
 * @param convertedType Thrift value of {@code ConvertedType}; -1 if absent
 * @param scale of the converted type DECIMAL; 0 if absent
 * @param precision of the converted type DECIMAL; 0 if absent
 * @param fieldId null if absent
 * @param leaf position among the leaves, from 0; -1 for a group
 * @param children empty for a leaf, and for a group without columns
 */
public record SchemaNode(
        String name,
        @Nullable Repetition repetition,
        @Nullable PhysicalType type,
        int typeLength,
        @Nullable LogicalType logicalType,
        int convertedType,
        int scale,
        int precision,
        @Nullable Integer fieldId,
        int leaf,
        List<SchemaNode> children) {
    /** Returns whether it holds other nodes instead of values. */
    public boolean isGroup() {
        return type == null;
    }

    /** Digits of a DECIMAL, by its logical type or else its converted one; 0 for other types. */
    int decimalPrecision() {
        if (logicalType != null) {
            return logicalType.id() == LogicalType.DECIMAL ? Math.max(0, logicalType.precision()) : 0;
        }
        return convertedType == ConvertedType.DECIMAL.ordinal() ? Math.max(0, precision) : 0;
    }

    /**
     * Returns the logical type, else the one that means the same as the converted type; null if neither says anything.
     */
    public @Nullable LogicalType meaning() {
        if (logicalType != null) {
            return logicalType;
        }
        ConvertedType converted = ConvertedType.of(convertedType);
        return converted == null ? null : converted.meaning(precision, scale);
    }

    /** Returns the logical type for people, else the converted type; null if there is neither. */
    public @Nullable String annotation() {
        if (logicalType != null) {
            return logicalType.toString();
        }
        if (convertedType == ConvertedType.DECIMAL.ordinal()) {
            return "DECIMAL(" + precision + "," + scale + ")";
        }
        return convertedType < 0 ? null : ConvertedType.nameOf(convertedType);
    }

    /** Returns the name and type, without the children. */
    @Override
    public String toString() {
        return name + ": " + (type == null ? "group of " + children.size() : type.toString());
    }
}
