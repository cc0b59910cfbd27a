package io.glulam.schema;

import io.glulam.shape.MadeColumn;
import io.glulam.shape.NameMapping;
import io.glulam.shape.TargetShape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schema that a table gives an output, into which the schemas of files fit or not. Immutable. */
public final class GivenSchema {
    private final Element output;
    private final TargetShape.Matching matching;
    private final boolean followsInputs;
    private final MadeColumns columns;

    /**
     * Reads the schema of a shape.
     *
     * @throws io.glulam.error.Unsupported if the schema passes the limits of this version
     */
    public GivenSchema(TargetShape shape) {
        this.output = Element.read(shape.schemaBytes());
        this.matching = shape.matching();
        this.followsInputs = shape.followsInputs();
        this.columns = new MadeColumns(output);
    }

    /**
     * Checks values that are given for columns of the output.
     *
     * @throws IllegalArgumentException if a value is none of its column, or the output has no such column
     */
    public void requireValid(Map<List<String>, MadeColumn> made) {
        columns.requireValid(made);
    }

    /**
     * Fits a file's schema into the output's.
     *
     * @param names gives ids to the fields of a file that has none; null for none
     * @param made values of columns that the file lacks, by path in the output
     * @throws io.glulam.error.Unsupported if the file does not fit; the place has the column only
     * @throws io.glulam.error.CorruptFile if the file's schema cannot be read
     */
    public ShapeFit fit(FileSchema file, @Nullable NameMapping names, Map<List<String>, MadeColumn> made) {
        Element here = Element.read(file.raw());
        FieldKeys keys = matching == TargetShape.Matching.NAME ? FieldKeys.NAMES : FieldKeys.ids(here, file, names);
        ShapeFitter fitter = new ShapeFitter(keys, made, followsInputs);
        fitter.fit(output, here);
        return fitter.result();
    }
}
