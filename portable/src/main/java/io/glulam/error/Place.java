package io.glulam.error;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The place in an object where something was found.
 *
 * @param object the object's name (a path or a key); null while not known to the layer that found the error
 * @param rowGroup the row group's position in the footer, from 0; -1 if none applies
 * @param column the leaf column's dotted path; null if none applies
 * @param offset the byte offset in the object; -1 if none applies
 */
public record Place(
        @Nullable String object, int rowGroup, @Nullable String column, long offset) implements Serializable {
    /** Nothing known yet. */
    public static final Place UNKNOWN = new Place(null, -1, null, -1);

    /** Returns the object as a whole. */
    public static Place of(String object) {
        return new Place(object, -1, null, -1);
    }

    /** Returns a byte of an object that the caller will name. */
    public static Place at(long offset) {
        return new Place(null, -1, null, offset);
    }

    /** Returns this place, with what is unknown here taken from {@code outer}. */
    public Place within(Place outer) {
        return new Place(
                object != null ? object : outer.object,
                rowGroup >= 0 ? rowGroup : outer.rowGroup,
                column != null ? column : outer.column,
                offset >= 0 ? offset : outer.offset);
    }

    /** Returns the known parts as {@code file, row group 3, column a.b, offset 4711}; empty if nothing is known. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        part(text, object);
        part(text, rowGroup >= 0 ? "row group " + rowGroup : null);
        part(text, column != null ? "column " + column : null);
        part(text, offset >= 0 ? "offset " + offset : null);
        return text.toString();
    }

    private static void part(StringBuilder text, @Nullable String part) {
        if (part != null) {
            text.append(text.isEmpty() ? "" : ", ").append(part);
        }
    }
}
