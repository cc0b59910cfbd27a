package io.glulam.join;

import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterJoiner;
import io.glulam.format.Leaf;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import io.glulam.schema.ShapeFit;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetShape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether files fit into one output whose form was given, and that output's footer. Add the inputs in their order, then ask
 * for the {@link #form}. Memory does not grow with the columns of the inputs. Not thread-safe.
 */
public final class ShapeAgreement {
    /** Fields that are named; inputs may have any number. */
    private static final int MAX_NAMED = 1000;

    private final ShapeFits fits;
    private final byte[] schema;
    private final List<Leaf> leaves;
    private final ShapedMetadata metadata;
    private final WriterAgreement writers = new WriterAgreement();
    private final SeenDictionaries dictionaries = new SeenDictionaries();
    private final Set<String> leftOut = new LinkedHashSet<>();
    private int added;
    private int version = 1;

    /** @param inputs what the caller knows of them, in the order in which they are added */
    public ShapeAgreement(TargetShape shape, List<ShapedInput> inputs) {
        schema = shape.schemaBytes();
        leaves = Schema.read(new ThriftReader(schema, 0, schema.length, 0)).leaves();
        fits = new ShapeFits(shape, inputs);
        metadata = new ShapedMetadata(shape);
    }

    /**
     * Adds the next input.
     *
     * @throws Unsupported if it does not fit, or cannot be in one file with the inputs before
     */
    public void add(Input input, Footer footer) {
        ShapeFit fit = fits.fit(added, footer);
        metadata.add(input, footer);
        writers.add(input, footer, Agreement.leaves(footer, leaves, fit.fits()));
        dictionaries.note(footer, leaves, fit.fits());
        version = Math.max(version, footer.version());
        fit.leftOut().stream().limit(MAX_NAMED - leftOut.size()).forEach(leftOut::add);
        added++;
    }

    /**
     * What the joined file looks like.
     *
     * @throws Unsupported if the inputs' writers cannot be mixed
     */
    public JoinedForm form() {
        WriterAgreement.Chosen chosen =
                writers.choose(leaves.stream().map(Leaf::path).toList());
        FooterJoiner.Header header =
                new FooterJoiner.Header(version, schema, metadata.result(), chosen.createdBy(), chosen.columnOrders());
        return new JoinedForm(header, fits, dictionaries.encodings());
    }

    /** What the output does not get of the inputs, each with the reason, for people. */
    public List<String> dropped() {
        Set<String> dropped = new LinkedHashSet<>();
        leftOut.forEach(field -> dropped.add("field " + field + ": the output's schema does not have it"));
        dropped.addAll(metadata.dropped());
        return List.copyOf(dropped);
    }
}
