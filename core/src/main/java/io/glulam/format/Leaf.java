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
 */
public record Leaf(
        int index,
        List<String> path,
        PhysicalType type,
        int typeLength,
        int maxRepetitionLevel,
        int maxDefinitionLevel,
        SortOrder order) {
    /** The path joined with dots, for people. */
    public String name() {
        return String.join(".", path);
    }

    /** Whether a null may be that of a list, map or struct around the value: some writers do not count those. */
    public boolean mayHideNulls() {
        return maxRepetitionLevel > 0 || maxDefinitionLevel > 1;
    }

    /** Bytes of one PLAIN value: 0 for BOOLEAN, -1 for BYTE_ARRAY. */
    public int valueWidth() {
        return type == PhysicalType.FIXED_LEN_BYTE_ARRAY ? typeLength : type.width();
    }
}
