package io.glulam.join;

import io.glulam.footer.Footer;
import io.glulam.schema.ColumnFit;
import io.glulam.schema.FileSchema;
import io.glulam.schema.GivenSchema;
import io.glulam.schema.ShapeFit;
import io.glulam.shape.DeletedRows;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetShape;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How inputs fit into a schema that was given; the last one is kept, because most inputs are like the one before. */
final class ShapeFits implements InputFits {
    private final GivenSchema schema;
    private final List<ShapedInput> inputs;
    private @Nullable Fitted last;

    private record Fitted(FileSchema schema, ShapedInput input, ShapeFit fit) {
        boolean isAlso(FileSchema otherSchema, ShapedInput other) {
            return schema.isSame(otherSchema)
                    && input.made().equals(other.made())
                    && Objects.equals(input.names(), other.names());
        }
    }

    /**
     * @param inputs what the caller knows of them, in their order
     * @throws IllegalArgumentException if a value that is given for an input is none of its column
     */
    ShapeFits(TargetShape shape, List<ShapedInput> inputs) {
        this.schema = new GivenSchema(shape);
        this.inputs = List.copyOf(inputs);
        inputs.forEach(input -> schema.requireValid(input.made()));
    }

    @Override
    public List<ColumnFit> of(int input, Footer footer) {
        return fit(input, footer).fits();
    }

    @Override
    public DeletedRows deleted(int input) {
        return inputs.get(input).deleted();
    }

    @Override
    public boolean leavesOut() {
        return true;
    }

    /** @throws io.glulam.error.Unsupported if the input does not fit */
    synchronized ShapeFit fit(int index, Footer footer) {
        ShapedInput input = inputs.get(index);
        FileSchema own = Agreement.schemaOf(footer);
        Fitted known = last;
        if (known != null && known.isAlso(own, input)) {
            return known.fit();
        }
        ShapeFit fit = schema.fit(own, input.names(), input.made());
        last = new Fitted(own, input, fit);
        return fit;
    }
}
