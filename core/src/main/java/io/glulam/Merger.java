package io.glulam;

import io.glulam.CompactionReport.FileFacts;
import io.glulam.MergeReport.InputFacts;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.join.JoinBuilder;
import io.glulam.join.JoinedStore;
import io.glulam.join.Slice;
import io.glulam.merge.InputScanner;
import io.glulam.merge.ScannedInput;
import io.glulam.plan.Plan;
import io.glulam.storage.RangeSpool;
import io.glulam.storage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Merges Parquet files of one schema into new files: their rows in the order of the inputs, their row groups merged as
 * {@link Compactor} merges those of one file. Inputs are never changed; an output appears at once or not at all.
 * Thread-safe: every call is a run of its own.
 *
 * <p>All methods throw {@link GlulamException} if they refuse or fail; outputs that were published before stay.
 */
public final class Merger {
    private final MergeOptions options;

    public Merger(MergeOptions options) {
        this.options = options;
    }

    /**
     * Shows what {@link #merge} would do. Reads footers, page headers, dictionaries and samples of values.
     *
     * @param inputs in the order of the output's rows; at least one
     */
    public MergePreview preview(List<StoredObject> inputs) {
        InputScanner scan = scan(inputs);
        List<Plan> plans = new ArrayList<>();
        for (List<Slice> slices : scan.outputs()) {
            Joined joined = join(scan, slices);
            plans.add(joined.run(source -> new Compactor(options.compaction()).plan(source)));
        }
        return new MergePreview(facts(scan), plans, scan.agreement().dropped());
    }

    /**
     * Merges {@code inputs} into new files.
     *
     * @param inputs in the order of the outputs' rows; at least one
     * @param targets names the outputs, from 0 on; called for each once, when it is written
     */
    public MergeReport merge(List<StoredObject> inputs, IntFunction<StoredObject> targets) {
        InputScanner scan = scan(inputs);
        List<String> dropped = new ArrayList<>(scan.agreement().dropped());
        List<CompactionReport> outputs = new ArrayList<>();
        for (List<Slice> slices : scan.outputs()) {
            Joined joined = join(scan, slices);
            StoredObject target = targets.apply(outputs.size());
            CompactionReport report =
                    joined.run(source -> new Compactor(options.compaction()).run(Job.of(source, target)));
            outputs.add(withInputBytes(report, slices));
            joined.builder().dropped().stream()
                    .filter(reason -> !dropped.contains(reason))
                    .forEach(dropped::add);
        }
        return new MergeReport(facts(scan), outputs, dropped);
    }

    /** The joined file is longer than its inputs, and no one has seen it. */
    private static CompactionReport withInputBytes(CompactionReport report, List<Slice> slices) {
        FileFacts joined = report.before();
        long bytes =
                slices.stream().mapToLong(slice -> slice.end() - slice.start()).sum();
        return report.withBefore(new FileFacts(bytes, joined.rows(), joined.threshold(), joined.rowGroupSizes()));
    }

    private InputScanner scan(List<StoredObject> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to merge");
        }
        InputScanner scanner =
                new InputScanner(options.metadata(), options.compaction().bufferBytes(), options.maxFileBytes());
        MergedTables tables = new MergedTables();
        for (StoredObject input : inputs) {
            tables.requireNone(input);
            scanner.scan(input);
        }
        return scanner;
    }

    private static InputFacts facts(InputScanner scan) {
        long bytes = 0;
        long rows = 0;
        long rowGroups = 0;
        for (ScannedInput input : scan.inputs()) {
            bytes += input.input().size();
            rows += input.rows();
            rowGroups += input.rowGroups();
        }
        return new InputFacts(scan.inputs().size(), bytes, rows, rowGroups);
    }

    private Joined join(InputScanner scan, List<Slice> slices) {
        CompactionOptions compaction = options.compaction();
        JoinBuilder builder = new JoinBuilder(
                slices,
                scan.agreement().header(),
                compaction.bufferBytes(),
                () -> RangeSpool.onDisk(compaction.temporaryFolder()),
                compaction.settings().strict());
        return new Joined(builder, new JoinedStore(builder, slices));
    }

    /** The joined file of an output's inputs. */
    private record Joined(JoinBuilder builder, JoinedStore store) {
        /** Runs a compaction of it; what fails in an input is told with the input's name. */
        <T> T run(Function<StoredObject, T> compaction) {
            try {
                return compaction.apply(store.object());
            } catch (CorruptFile | Unsupported failure) {
                Place place = store.placeInInput(failure.place());
                throw failure instanceof CorruptFile
                        ? new CorruptFile(place, failure.problem(), failure.remedy(), failure)
                        : new Unsupported(place, failure.problem(), failure.remedy(), failure);
            }
        }
    }
}
