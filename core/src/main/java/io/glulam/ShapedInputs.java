package io.glulam;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.fetch.InputOpener;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.footer.KnownSchema;
import io.glulam.inputs.Candidate;
import io.glulam.join.Input;
import io.glulam.join.InputSpool;
import io.glulam.join.ShapeAgreement;
import io.glulam.join.Slice;
import io.glulam.shape.BloomFilterForm;
import io.glulam.shape.DeletedRows;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetShape;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Inputs of a merge, pinned to the versions of which the footers were read. What requests to stores brought is held, so that
 * small objects are read once. Made by {@link ShapedMerger#open}. For one thread.
 */
public final class ShapedInputs implements AutoCloseable {
    private final List<ShapedInput> inputs;
    private final CompactionOptions options;
    private final InputOpener opener;
    private final KnownSchema known = new KnownSchema();
    private final List<Slice> slices = new ArrayList<>();
    private final List<Long> rows = new ArrayList<>();
    private long deleted;

    /** Takes the footer of an input, which need not be kept. */
    @FunctionalInterface
    public interface FooterVisitor {
        /**
         * Takes a footer.
         *
         * @param input position of the input
         */
        void visit(int input, Footer footer);
    }

    /** Takes the footer of an input of the join. */
    interface JoinVisitor {
        void visit(Input input, Footer footer);
    }

    private ShapedInputs(List<ShapedInput> inputs, CompactionOptions options) {
        this.inputs = List.copyOf(inputs);
        this.options = options;
        this.opener = new InputOpener(new InputSpool(options.resources()::newSpool), options.bufferBytes());
    }

    static ShapedInputs open(List<ShapedInput> inputs, CompactionOptions options, JoinVisitor visitor) {
        ShapedInputs opened = new ShapedInputs(inputs, options);
        boolean done = false;
        try {
            opened.readFooters(visitor);
            done = true;
        } finally {
            if (!done) {
                opened.close();
            }
        }
        return opened;
    }

    private void readFooters(JoinVisitor visitor) {
        List<Candidate> candidates = inputs.stream()
                .map(input -> new Candidate(input.object(), "", input.size(), null, false))
                .toList();
        opener.forEach(candidates, (candidate, input, reader) -> add(input, reader, visitor));
    }

    private void add(Input input, RangeReader reader, JoinVisitor visitor) {
        try {
            ShapedInput claims = inputs.get(slices.size());
            require(claims.size(), reader.size(), "bytes");
            Footer footer = FooterReader.read(reader, options.bufferBytes(), known);
            require(claims.rows(), footer.rowCount(), "rows");
            requireRows(claims.deleted(), footer.rowCount());
            visitor.visit(input, footer);
            slices.add(Slice.whole(input, footer));
            rows.add(footer.rowCount());
            deleted += claims.deleted().count();
        } catch (GlulamException failure) {
            throw failure.within(Place.of(input.name()));
        }
    }

    private static void require(long claimed, long found, String what) {
        if (claimed >= 0 && claimed != found) {
            throw new CorruptFile(
                    Place.UNKNOWN,
                    "it has " + found + " " + what + ", and the table's metadata says " + claimed,
                    "find out which of the two is wrong before the table is changed");
        }
    }

    private static void requireRows(DeletedRows deletedRows, long found) {
        if (deletedRows.end() > found) {
            throw new CorruptFile(
                    Place.UNKNOWN,
                    "it has " + found + " rows, and the table's deletes name row " + (deletedRows.end() - 1),
                    "find out which of the two is wrong before the table is changed");
        }
    }

    /**
     * Merges the inputs into one new file, as {@link ShapedMerger#write} does.
     *
     * @param target where the output is published; nothing may be there
     */
    public ShapedReport write(TargetShape shape, ObjectRef target) {
        ShapeAgreement agreement = new ShapeAgreement(shape, inputs);
        for (Slice slice : slices) {
            Input input = slice.input();
            try (RangeReader reader = input.open()) {
                agreement.add(input, FooterReader.read(reader, options.bufferBytes(), known));
            } catch (GlulamException failure) {
                throw failure.within(Place.of(input.name()));
            }
        }
        return write(agreement, shape, target);
    }

    /** Merges the inputs; {@code agreement} knows all of them. */
    ShapedReport write(ShapeAgreement agreement, TargetShape shape, ObjectRef target) {
        JoinedInputs joined = joined(agreement);
        Map<Integer, BloomFilterForm> filters = shape.bloomFilters();
        WrittenFile written = new WrittenFile(filters.keySet());
        CompactionReport report =
                joined.run(source -> new Compactor(options, written, filters).run(Job.of(source, target)));
        Set<String> dropped = new LinkedHashSet<>(agreement.dropped());
        dropped.addAll(joined.store().dropped());
        return written.report(
                JoinedInputs.withInputBytes(report, slices).plus(traffic()),
                rows,
                deleted,
                joined.store().cutPages(),
                List.copyOf(dropped));
    }

    JoinedInputs joined(ShapeAgreement agreement) {
        return JoinedInputs.of(slices, agreement.form(), options);
    }

    /** Returns what reading the inputs' footers took of stores. */
    public Traffic traffic() {
        return opener.traffic();
    }

    @Override
    public void close() {
        opener.close();
    }
}
