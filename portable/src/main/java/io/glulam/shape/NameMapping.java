package io.glulam.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives field ids to the fields of files that have none. */
@FunctionalInterface
public interface NameMapping {
    /**
     * Returns the id of a file's field; null if the field is none of the table's.
     *
     * @param path names from below the root to the field, without the repeated groups of lists and maps; the element of a
     *     list is {@code element}, key and value of a map are {@code key} and {@code value}, whatever the file calls them
     */
    @Nullable
    Integer idOf(List<String> path);
}
