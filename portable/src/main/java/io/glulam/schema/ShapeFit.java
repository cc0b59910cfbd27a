package io.glulam.schema;

import io.glulam.shape.MadeColumn;
import io.glulam.shape.NameMapping;
import io.glulam.shape.TargetShape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /**
     * Fits a file's schema into an output's.
     *
     * @param output the serialized schema of the output
     * @param matching what makes two fields the same
     * @param names gives ids to the fields of a file that has none; null for none
     * @param made values of columns that the file lacks, by path in the output
     * @throws io.glulam.error.Unsupported if the file does not fit; the place has the column only
     * @throws io.glulam.error.CorruptFile if the file's schema cannot be read
     */
    public static ShapeFit of(
            byte[] output,
            TargetShape.Matching matching,
            FileSchema file,
            @Nullable NameMapping names,
            Map<List<String>, MadeColumn> made) {
        Element here = Element.read(file.raw());
        FieldKeys keys = matching == TargetShape.Matching.NAME ? FieldKeys.NAMES : FieldKeys.ids(here, file, names);
        ShapeFitter fitter = new ShapeFitter(keys, made);
        fitter.fit(Element.read(output), here);
        return fitter.result();
    }
}
