package io.glulam.join;

import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterJoiner;
import io.glulam.format.Leaf;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import io.glulam.schema.ColumnFit;
import io.glulam.schema.ShapeFit;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetShape;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether files fit into one output whose form was given, and that output's footer. Add the inputs in their order, then ask
 * for the {@link #form}. Memory does not grow with the columns of the inputs. Not thread-safe.
 */
public final class ShapeAgreement {
    private final TargetShape shape;
    private final List<ShapedInput> inputs;
    private final ShapeFits fits;
    private final List<Leaf> leaves;
    private final ShapedMetadata metadata;
    private final WriterAgreement writers = new WriterAgreement();
    private final SeenDictionaries dictionaries = new SeenDictionaries();
    private final Set<String> leftOut = new LinkedHashSet<>();

    /** Leaves that all inputs so far have as required, and the output as optional. */
    private final BitSet required = new BitSet();

    /** Required fields in which an input may hold nulls. */
    private final Set<List<String>> nullable = new LinkedHashSet<>();

    private int added;
    private int version = 1;

    /** @param inputs what the caller knows of them, in the order in which they are added */
    public ShapeAgreement(TargetShape shape, List<ShapedInput> inputs) {
        this.shape = shape;
        this.inputs = List.copyOf(inputs);
        byte[] schema = shape.schemaBytes();
        leaves = Schema.read(new ThriftReader(schema, 0, schema.length, 0)).leaves();
        fits = new ShapeFits(shape, inputs);
        metadata = new ShapedMetadata(shape);
        for (int i = 0; shape.followsInputs() && i < leaves.size(); i++) {
            required.set(i, isOptional(leaves.get(i)));
        }
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
        keepRequired(footer, fit.fits());
        nullable.addAll(fit.nullable());
        version = Math.max(version, footer.version());
        fit.leftOut().stream()
                .limit(MetadataAgreement.MAX_NAMED - leftOut.size())
                .forEach(leftOut::add);
        added++;
    }

    /** Whether it is an optional column of the root. */
    private static boolean isOptional(Leaf leaf) {
        return leaf.path().size() == 1 && leaf.maxDefinitionLevel() == 1 && leaf.maxRepetitionLevel() == 0;
    }

    private void keepRequired(Footer footer, List<ColumnFit> columns) {
        List<Leaf> own = footer.schema().leaves();
        for (int i = required.nextSetBit(0); i >= 0; i = required.nextSetBit(i + 1)) {
            ColumnFit column = columns.get(i);
            boolean isRequired = column instanceof ColumnFit.OtherLevels
                    && own.get(column.column()).maxDefinitionLevel() == 0;
            required.set(i, isRequired);
        }
    }

    /**
     * Returns the form of the joined file.
     *
     * @throws Unsupported if the inputs' writers cannot be mixed
     */
    public JoinedForm form() {
        WriterAgreement.Chosen chosen =
                writers.choose(leaves.stream().map(Leaf::path).toList());
        Set<String> names =
                required.stream().mapToObj(i -> leaves.get(i).path().get(0)).collect(Collectors.toSet());
        boolean changes = added > 0 && !(names.isEmpty() && nullable.isEmpty());
        TargetShape joined = changes ? shape.withRequired(names).withOptional(nullable) : shape;
        FooterJoiner.Header header = new FooterJoiner.Header(
                version, joined.schemaBytes(), metadata.result(), chosen.createdBy(), chosen.columnOrders());
        return new JoinedForm(
                header, chosen.trust(), changes ? new ShapeFits(joined, inputs) : fits, dictionaries.encodings());
    }

    /** Returns what the output does not get of the inputs, each with the reason, for people. */
    public List<String> dropped() {
        Set<String> dropped = new LinkedHashSet<>();
        leftOut.forEach(field -> dropped.add("field " + field + ": the output's schema does not have it"));
        dropped.addAll(metadata.dropped());
        return List.copyOf(dropped);
    }
}
