package io.glulam.schema;

import java.util.List;

/**
 * How a file provides the columns of an output whose schema was given. Immutable.
 *
 * @param fits one for each leaf column of the output
 * @param leftOut fields of the file that the output does not have, by path, each with all that is below it
 */
public record ShapeFit(List<ColumnFit> fits, List<String> leftOut) {
    public ShapeFit {
        fits = List.copyOf(fits);
        leftOut = List.copyOf(leftOut);
    }
}
