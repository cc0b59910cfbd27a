package io.glulam;

import io.glulam.error.GlulamException;
import io.glulam.join.ShapeAgreement;
import io.glulam.shape.ShapedInput;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Merges files of a table into one file whose form the table gives: its schema, its key-value metadata, and what its
 * columns hold for the rows of files that lack them. Rows keep the order of the inputs, and row groups are merged as
 * {@link Compactor} merges those of one file. Whether the files may be merged at all (deletes, partitions, other writers)
 * is the table's to know. Thread-safe: every call is a run of its own.
 *
 * <p>All methods throw {@link GlulamException} if they refuse or fail; nothing was published then.
 */
public final class ShapedMerger {
    private final CompactionOptions options;

    /** @param options how row groups are merged and what a run may use; {@code overwrite} is not looked at */
    public ShapedMerger(CompactionOptions options) {
        this.options = options.withOverwrite(false);
    }

    /**
     * Shows what {@link #write} would do, and refuses what it would refuse. Reads footers, page headers, dictionaries and
     * samples of values; small objects of stores are read whole.
     *
     * @throws io.glulam.error.Unsupported if an input does not fit into the shape
     * @throws IllegalArgumentException if a value that the merge gives is none of its column's
     */
    public PlanPreview preview(ShapedMerge merge) {
        ShapeAgreement agreement = new ShapeAgreement(merge.shape(), merge.inputs());
        try (ShapedInputs inputs = ShapedInputs.open(merge.inputs(), options, agreement::add)) {
            PlanPreview planned =
                    inputs.joined(agreement).run(source -> new Compactor(options).preview(source, merge.target()));
            Set<String> dropped = new LinkedHashSet<>(agreement.dropped());
            dropped.addAll(planned.dropped());
            return new PlanPreview(
                    planned.plan(),
                    List.copyOf(dropped),
                    planned.spent().plus(inputs.traffic()),
                    planned.expected().plus(inputs.traffic()));
        }
    }

    /**
     * Merges the inputs into one new file.
     *
     * @throws io.glulam.error.Unsupported if an input does not fit into the shape
     * @throws io.glulam.error.CorruptFile also if an input is not what the table's metadata says of it
     * @throws IllegalArgumentException if a value that the merge gives is none of its column's
     */
    public ShapedReport write(ShapedMerge merge) {
        ShapeAgreement agreement = new ShapeAgreement(merge.shape(), merge.inputs());
        try (ShapedInputs inputs = ShapedInputs.open(merge.inputs(), options, agreement::add)) {
            return inputs.write(agreement, merge.shape(), merge.target());
        }
    }

    /**
     * Pins inputs and reads their footers, for an output whose form follows from them. Of objects in stores, several are opened
     * at once.
     *
     * @param inputs in the order of the output's rows
     * @throws io.glulam.error.CorruptFile also if an input is not what the table's metadata says of it
     */
    public ShapedInputs open(List<ShapedInput> inputs, ShapedInputs.FooterVisitor visitor) {
        AtomicInteger next = new AtomicInteger();
        return ShapedInputs.open(inputs, options, (input, footer) -> visitor.visit(next.getAndIncrement(), footer));
    }
}
