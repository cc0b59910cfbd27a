package io.glulam.shape;

import io.glulam.storage.ObjectRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of a table, and what the table's metadata says of it. Immutable.
 *
 * @param object where it lies
 * @param size bytes of the file; -1 if it is unknown. A file of another size is refused
 * @param rows of the file; -1 if it is unknown. A file with other rows is refused
 * @param made values of columns that the file lacks, by path in the output: names from below the root to the leaf, without
 *     the repeated groups of lists and maps
 * @param names gives the fields ids if the file has none; null for none
 * @param deleted rows that the output does not get
 */
public record ShapedInput(
        ObjectRef object,
        long size,
        long rows,
        Map<List<String>, MadeColumn> made,
        @Nullable NameMapping names,
        DeletedRows deleted) {

    public ShapedInput {
        made = Map.copyOf(made);
    }

    /** Makes an input of which nothing is known. */
    public static ShapedInput of(ObjectRef object) {
        return new ShapedInput(object, -1, -1, Map.of(), null, DeletedRows.NONE);
    }

    /** Returns this input with the size that the table's metadata says. */
    public ShapedInput withSize(long bytes) {
        return new ShapedInput(object, bytes, rows, made, names, deleted);
    }

    /** Returns this input with the number of rows that the table's metadata says. */
    public ShapedInput withRows(long count) {
        return new ShapedInput(object, size, count, made, names, deleted);
    }

    /** Returns this input with values for a column of the root. */
    public ShapedInput withMade(String column, MadeColumn values) {
        return withMade(List.of(column), values);
    }

    /** Returns this input with values for a column. */
    public ShapedInput withMade(List<String> path, MadeColumn values) {
        Map<List<String>, MadeColumn> more = new HashMap<>(made);
        more.put(List.copyOf(path), values);
        return new ShapedInput(object, size, rows, more, names, deleted);
    }

    /** Returns this input with ids for its fields, should the file have none. */
    public ShapedInput withNameMapping(NameMapping mapping) {
        return new ShapedInput(object, size, rows, made, mapping, deleted);
    }

    /** Returns this input without some of its rows; rows of numbers that ascend keep theirs. */
    public ShapedInput withDeleted(DeletedRows rowsToDelete) {
        return new ShapedInput(object, size, rows, made, names, rowsToDelete);
    }
}
