package io.glulam;

import io.glulam.MergeReport.InputFacts;
import io.glulam.MergeReport.InputOrder;
import io.glulam.MergeReport.Outcome;
import io.glulam.ProgressListener.MergedOutput;
import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.fetch.InputOpener;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.inputs.PassedOver;
import io.glulam.inputs.PassedOver.Reason;
import io.glulam.inputs.SameFiles;
import io.glulam.join.Input;
import io.glulam.join.InputSpool;
import io.glulam.join.Slice;
import io.glulam.local.LocalStore;
import io.glulam.merge.GroupPacking;
import io.glulam.merge.InputGroup;
import io.glulam.merge.InputScanner;
import io.glulam.merge.OutputPacking;
import io.glulam.merge.OutputPacking.Packed;
import io.glulam.merge.ScannedInput;
import io.glulam.plan.Plan;
import io.glulam.policy.FragmentPolicy;
import io.glulam.schema.SchemaRules;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.Traffic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Merges Parquet files into new files: files of the same group and the same schema, their rows in the order of the inputs,
 * their row groups merged as {@link Compactor} merges those of one file. Inputs are never changed; an output appears at
 * once or not at all. Thread-safe: every call is a run of its own.
 *
 * <p>All methods throw {@link GlulamException} if they refuse or fail; outputs that were published before stay. Footers
 * of all inputs are read and checked before the first output is written.
 */
public final class Merger {
    private final MergeOptions options;
    private final GroupPacking packing;

    /** Names the outputs. */
    @FunctionalInterface
    public interface Targets {
        /**
         * Gives the name of an output; called once for each, when it is written.
         *
         * @param group of its inputs, as {@link Candidate#group}
         * @param index counts the outputs of the group, from 0 on
         */
        ObjectRef of(String group, int index);
    }

    public Merger(MergeOptions options) {
        this.options = options;
        this.packing =
                new GroupPacking(options.maxFileBytes(), options.compaction().bufferBytes(), new Plans());
    }

    /** As {@link #preview(FoundInputs, ObjectStore)}, for local outputs. */
    public MergePreview preview(FoundInputs inputs) {
        return preview(inputs, LocalStore.INSTANCE);
    }

    /**
     * Shows what {@link #merge} would do. Reads footers, page headers, dictionaries and samples of values; small objects of
     * stores are read whole.
     *
     * @param target where the outputs would go
     */
    public MergePreview preview(FoundInputs inputs, ObjectStore target) {
        return previewInto(new NamedOutputs((group, index) -> new ObjectRef(target, "output")), inputs);
    }

    /** As {@link #preview(FoundInputs, ObjectStore)}, of a merge into {@code destination}. */
    MergePreview previewInto(MergeDestination destination, FoundInputs inputs) {
        try (Run run = new Run(inputs, destination, false)) {
            return preview(run);
        }
    }

    private MergePreview preview(Run run) {
        List<Plan> plans = new ArrayList<>();
        Outcome outcome = run.outcome();
        Traffic[] expected = {run.traffic()};
        if (outcome == Outcome.MERGED) {
            run.forEachOutput((group, packed) -> {
                PlanPreview preview = planned(group, packed.slices(), run.destination.next(group, packed));
                plans.add(preview.plan());
                expected[0] = expected[0].plus(preview.expected());
            });
        }
        return new MergePreview(
                plans.isEmpty() && outcome == Outcome.MERGED ? Outcome.NO_CANDIDATES : outcome,
                run.facts(),
                plans,
                run.passedOver,
                run.passedOverCounts,
                expected[0],
                run.dropped());
    }

    /** Merges {@code inputs}, in their order, into new files. */
    public MergeReport merge(FoundInputs inputs, Targets targets) {
        return mergeInto(new NamedOutputs(targets), inputs);
    }

    /**
     * Merges {@code inputs}, in their order, into one new file. Its store is asked whether the name is free while the inputs are
     * read.
     *
     * @throws io.glulam.error.StorageFailed also if the inputs make several files: the second one finds the first
     */
    public MergeReport merge(FoundInputs inputs, ObjectRef target) {
        boolean any = !inputs.candidates().isEmpty();
        try (TargetLook look = TargetLook.begin(any ? target : null, options.compaction());
                Run run = new Run(inputs, new NamedOutputs((group, index) -> target), false)) {
            return merge(run, look);
        }
    }

    /** As {@link #merge(FoundInputs, Targets)}, into {@code destination}. */
    MergeReport mergeInto(MergeDestination destination, FoundInputs inputs) {
        try (Run run = new Run(inputs, destination, false)) {
            return merge(run, null);
        }
    }

    /** @param begun a look at the first output; null for none */
    private MergeReport merge(Run run, @Nullable TargetLook begun) {
        List<CompactionReport> outputs = new ArrayList<>();
        Outcome outcome = run.outcome();
        if (outcome == Outcome.MERGED) {
            ProgressListener progress = options.compaction().progress();
            run.forEachOutput((group, packed) -> {
                ObjectRef target = run.destination.next(group, packed);
                MergedOutput output = output(target, packed);
                progress.outputBegun(output);
                CompactionReport report = write(group, packed, target, outputs.isEmpty() ? begun : null, run.dropped);
                outputs.add(report);
                run.destination.written();
                progress.outputPublished(output, report.after().bytes());
            });
        }
        Traffic unused = outputs.isEmpty() && begun != null ? begun.traffic() : Traffic.NONE;
        return new MergeReport(
                outputs.isEmpty() && outcome == Outcome.MERGED ? Outcome.NO_CANDIDATES : outcome,
                run.facts(),
                outputs,
                run.passedOver,
                run.passedOverCounts,
                outputs.stream()
                        .map(output -> output.cost().traffic())
                        .reduce(run.traffic().plus(unused), Traffic::plus),
                run.dropped(),
                null);
    }

    private static MergedOutput output(ObjectRef target, Packed packed) {
        List<Slice> slices = packed.slices();
        return new MergedOutput(
                target.name(),
                slices.size(),
                (int) slices.stream().filter(Slice::last).count(),
                packed.bytes(),
                slices.get(0).input().name(),
                slices.get(slices.size() - 1).input().name());
    }

    /** As {@link #mergeInto}, but other processes write the outputs. */
    SpreadReport spreadInto(MergeDestination destination, FoundInputs inputs, SpreadOutputs outputs) {
        try (Run run = new Run(inputs, destination, true)) {
            Outcome outcome = run.outcome();
            if (outcome == Outcome.MERGED) {
                run.forEachOutput(outputs::add);
                outputs.write();
            }
            return outputs.report(outcome, run.facts(), run.passedOverCounts, run.dropped(), run.traffic());
        }
    }

    /** Outputs that are only named, each group's from 0 on. */
    private static final class NamedOutputs implements MergeDestination {
        private final Targets targets;
        private final Map<String, Integer> named = new HashMap<>();

        NamedOutputs(Targets targets) {
            this.targets = targets;
        }

        @Override
        public ObjectRef next(InputGroup group, Packed packed) {
            return targets.of(group.name(), named.merge(group.name(), 1, Integer::sum) - 1);
        }
    }

    private interface OutputAction {
        void accept(InputGroup group, Packed packed);
    }

    /** One call: its inputs, in groups, and what the report says about them. */
    private final class Run implements AutoCloseable {
        private final MergeDestination destination;
        private final InputOpener opener;
        private final List<InputGroup> groups;
        private final Traffic traffic;
        private final List<PassedOver> passedOver;
        private final Map<Reason, Integer> passedOverCounts = new EnumMap<>(Reason.class);
        private final Set<String> dropped = new LinkedHashSet<>();

        /** @param footersOnly whether no more of the inputs is read here */
        Run(FoundInputs inputs, MergeDestination destination, boolean footersOnly) {
            this.destination = destination;
            passedOver = new ArrayList<>(inputs.passedOver());
            passedOverCounts.putAll(inputs.passedOverCounts());
            CompactionOptions compaction = options.compaction();
            opener = new InputOpener(
                    new InputSpool(compaction.resources()::newSpool), compaction.bufferBytes(), footersOnly);
            boolean scanned = false;
            try {
                Future<Traffic> tables = MergedTables.beginSearch(inputs);
                groups = scanned(inputs.candidates(), tables);
                groups.forEach(group -> dropped.addAll(group.agreement().dropped()));
                traffic = inputs.listings().traffic().plus(tablesDone(tables)).plus(opener.traffic());
                scanned = true;
            } finally {
                if (!scanned) {
                    opener.close();
                }
            }
        }

        /** Reads the footers while the search for tables goes on. That an input is a table's comes before any other failure. */
        private List<InputGroup> scanned(List<Candidate> inputs, Future<Traffic> tables) {
            try {
                return scan(inputs, opener, destination, () -> {
                    if (tables.isDone()) {
                        tablesDone(tables);
                    }
                });
            } catch (RuntimeException failure) {
                tablesDone(tables);
                throw failure;
            }
        }

        private Traffic tablesDone(Future<Traffic> tables) {
            return DaemonThreads.result(tables, Place.UNKNOWN);
        }

        /** Returns the requests that finding the inputs and reading their footers took. */
        Traffic traffic() {
            return traffic;
        }

        @Override
        public void close() {
            opener.close();
        }

        /** Returns how the run ends if no output has too few inputs. */
        Outcome outcome() {
            if (groups.isEmpty()) {
                return Outcome.NO_CANDIDATES;
            }
            if (groups.stream().anyMatch(group -> packing.gains(group, this::isMissing))) {
                return Outcome.MERGED;
            }
            long names = groups.stream().map(InputGroup::name).distinct().count();
            return names < groups.size() ? Outcome.SCHEMAS_DIFFER : Outcome.NOTHING_GAINED;
        }

        private boolean isMissing(Input input) {
            return destination.takesAll() && !destination.holds(input);
        }

        void forEachOutput(OutputAction action) {
            for (InputGroup group : groups) {
                OutputPacking outputs = packing.packing(group);
                while (outputs.hasNext()) {
                    Packed packed = outputs.next();
                    ScannedInput alone = packed.alone();
                    if (alone != null && destination.holds(alone.input()) && packing.stays(group, packed)) {
                        pass(alone.input().name(), Reason.STAYS);
                    } else if (packed.slices().size() >= options.minInputFiles()) {
                        action.accept(group, packed);
                    } else {
                        packed.slices().forEach(slice -> pass(slice.input().name(), Reason.FEW));
                    }
                }
            }
        }

        private void pass(String name, Reason reason) {
            passedOverCounts.merge(reason, 1, Integer::sum);
            if (passedOver.size() < FoundInputs.MAX_NAMED) {
                passedOver.add(new PassedOver(name, reason));
            }
        }

        InputFacts facts() {
            int files = 0;
            long bytes = 0;
            long rows = 0;
            long rowGroups = 0;
            for (InputGroup group : groups) {
                for (ScannedInput input : group.inputs()) {
                    files++;
                    bytes += input.input().size();
                    rows += input.rows();
                    rowGroups += input.rowGroups();
                }
            }
            String column = options.minimumOf();
            int overlaps = groups.stream().mapToInt(InputGroup::overlaps).sum();
            return new InputFacts(
                    files, bytes, rows, rowGroups, column == null ? null : new InputOrder(column, overlaps));
        }

        List<String> dropped() {
            return List.copyOf(dropped);
        }
    }

    /** @param before runs before each input */
    private List<InputGroup> scan(
            List<Candidate> inputs, InputOpener opener, MergeDestination destination, Runnable before) {
        long buffers = options.compaction().bufferBytes();
        InputScanner scanner = new InputScanner(
                new InputScanner.Limits(
                        buffers,
                        options.maxFileBytes(),
                        size -> FragmentPolicy.threshold(options.compaction().settings(), size),
                        options.minimumOf()),
                new SchemaRules(options.widen()),
                options.metadata(),
                options.mismatch() == MergeOptions.Mismatch.GROUP);
        ProgressListener progress = options.compaction().progress();
        SameFiles same = new SameFiles(inputs);
        int[] read = {0};
        opener.forEach(inputs, (candidate, input, reader) -> {
            before.run();
            same.add(read[0], input.version());
            scanner.scan(candidate.group(), input, reader, destination.rowGroupsDone(candidate));
            progress.footersRead(++read[0], inputs.size());
        });
        return scanner.groups();
    }

    /** Plans outputs to foresee what they gain. */
    private final class Plans implements GroupPacking.Forecast {
        @Override
        public boolean changes(InputGroup group, List<Slice> slices) {
            return !plan(group, slices).isEmpty();
        }

        @Override
        public long expectedBytes(InputGroup group, List<Slice> slices) {
            return plan(group, slices).totals().expectedBytes();
        }

        private Plan plan(InputGroup group, List<Slice> slices) {
            return planned(group, slices, new ObjectRef(LocalStore.INSTANCE, "output"))
                    .plan();
        }
    }

    private PlanPreview planned(InputGroup group, List<Slice> slices, ObjectRef target) {
        CompactionOptions compaction = withRoom(slices);
        return join(group, slices, compaction).run(source -> new Compactor(compaction).preview(source, target));
    }

    /** @param begun a look at the target; null if there is none yet */
    private CompactionReport write(
            InputGroup group, Packed packed, ObjectRef target, @Nullable TargetLook begun, Set<String> dropped) {
        CompactionOptions compaction = withRoom(packed.slices());
        try (TargetLook look = begun == null ? TargetLook.begin(target, compaction) : begun) {
            JoinedInputs joined = join(group, packed.slices(), compaction);
            CompactionReport report = joined.run(source -> new Compactor(compaction).run(Job.of(source, target), look));
            dropped.addAll(joined.store().dropped());
            return JoinedInputs.withInputBytes(report, packed.slices());
        }
    }

    private CompactionOptions withRoom(List<Slice> slices) {
        return JoinedInputs.withRoom(options.compaction(), slices.size());
    }

    private static JoinedInputs join(InputGroup group, List<Slice> slices, CompactionOptions compaction) {
        return JoinedInputs.of(slices, group.agreement().form(), compaction);
    }
}
