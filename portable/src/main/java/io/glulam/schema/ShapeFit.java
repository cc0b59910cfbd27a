package io.glulam.schema;

import java.util.List;
import java.util.Set;

/**
 * How a file provides the columns of an output whose schema was given. Immutable.
 *
 * @param fits one for each leaf column of the output
 * @param leftOut fields of the file that the output does not have, by path, each with all that is below it
 * @param nullable required fields of the output in which the file may hold nulls, by path; repeated fields have no name in it
 */
public record ShapeFit(List<ColumnFit> fits, List<String> leftOut, Set<List<String>> nullable) {
    public ShapeFit {
        fits = List.copyOf(fits);
        leftOut = List.copyOf(leftOut);
        nullable = Set.copyOf(nullable);
    }
}
