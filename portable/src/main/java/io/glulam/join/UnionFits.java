package io.glulam.join;

import io.glulam.footer.Footer;
import io.glulam.schema.ColumnFit;
import io.glulam.schema.FileSchema;
import io.glulam.schema.SchemaRules;
import io.glulam.schema.SchemaUnion;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How inputs fit into the union of their schemas; kept, because most inputs have the schema of the one before. */
final class UnionFits implements InputFits, Serializable {
    private final FileSchema output;
    private final SchemaRules rules;
    private transient List<ColumnFit> fits = List.of();
    private transient @Nullable FileSchema fitted;

    /** @param rules by which the inputs' schemas fit into the output's */
    UnionFits(FileSchema output, SchemaRules rules) {
        this.output = output;
        this.rules = rules;
    }

    @Override
    public synchronized List<ColumnFit> of(int input, Footer footer) {
        FileSchema schema = Agreement.schemaOf(footer);
        if (!schema.isSame(fitted)) {
            fits = SchemaUnion.fits(output, schema, rules);
            fitted = schema;
        }
        return fits;
    }

    @Override
    public boolean leavesOut() {
        return false;
    }
}
