package io.glulam.format;

import java.util.List;

/**
 * A leaf column of the schema.
 *
 * @param index position among the leaves, from 0: the position of its chunk in every row group
 * @param path names from below the root to the leaf
 * @param type physical type
 * @param typeLength bytes of a FIXED_LEN_BYTE_ARRAY value; 0 for other types
 * @param maxRepetitionLevel 0 if no ancestor is repeated
 * @param maxDefinitionLevel 0 if neither it nor an ancestor is optional or repeated
 * @param order how its values compare
 * @param precision decimal digits of a DECIMAL; 0 for other types
 */
public record Leaf(
        int index,
        List<String> path,
        PhysicalType type,
        int typeLength,
        int maxRepetitionLevel,
        int maxDefinitionLevel,
        SortOrder order,
        int precision) {
    /** A leaf that is no DECIMAL. */
    public Leaf(
            int index,
            List<String> path,
            PhysicalType type,
            int typeLength,
            int maxRepetitionLevel,
            int maxDefinitionLevel,
            SortOrder order) {
        this(index, path, type, typeLength, maxRepetitionLevel, maxDefinitionLevel, order, 0);
    }

    /** Returns this leaf with another order of its values. */
    Leaf withOrder(SortOrder other) {
        return new Leaf(index, path, type, typeLength, maxRepetitionLevel, maxDefinitionLevel, other, precision);
    }

    /** Returns whether its values are decimals. */
    public boolean isDecimal() {
        return precision > 0;
    }

    /** Returns the path joined with dots, for people. */
    public String name() {
        return String.join(".", path);
    }

    /**
     * Returns whether a null may be that of a list, map or struct around the value: some writers do not count those.
     */
    public boolean mayHideNulls() {
        return maxRepetitionLevel > 0 || maxDefinitionLevel > 1;
    }

    /**
     * Returns whether a writer may state so many nulls of values of which the definition levels tell others.
     *
     * @param stated what it states
     * @param byLevels values below the highest definition level
     */
    public boolean allowsNullCount(long stated, long byLevels) {
        return mayHideNulls() ? stated <= byLevels : stated == byLevels;
    }

    /** Returns the bytes of one PLAIN value: 0 for BOOLEAN, -1 for BYTE_ARRAY. */
    public int valueWidth() {
        return type == PhysicalType.FIXED_LEN_BYTE_ARRAY ? typeLength : type.width();
    }
}
