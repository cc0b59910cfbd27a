package io.glulam.wasm;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.execute.ExecutionResult;
import io.glulam.execute.PlanExecutor;
import io.glulam.footer.FileMagic;
import io.glulam.footer.FooterReader;
import io.glulam.join.Input;
import io.glulam.join.JoinBuilder;
import io.glulam.join.Joined;
import io.glulam.join.JoinedReader;
import io.glulam.join.Slice;
import io.glulam.merge.GroupPacking;
import io.glulam.merge.InputGroup;
import io.glulam.merge.InputScanner;
import io.glulam.merge.OutputPacking;
import io.glulam.merge.ScannedInput;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.InlineResources;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.planning.Planner;
import io.glulam.planning.SurveyCache;
import io.glulam.policy.FragmentPolicy;
import io.glulam.source.SourceFile;
import io.glulam.wasm.HostInputs.HostInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Merges the inputs of a request into new objects, as core's {@code Merger} does. */
final class Merge implements GroupPacking.Forecast {
    /** The host has the inputs' bytes: an open one is an object. */
    private static final int MAX_OPEN = 2_000;

    private final Request request;
    private final Settings settings;
    private final ExecutionResources resources;
    private final HostReader host;
    private final HostInputs inputs;
    private final GroupPacking packing;
    private final Answer answer = new Answer();
    private final Set<String> dropped = new LinkedHashSet<>();
    /** Numbers of inputs that no new object takes. */
    private final List<String> left = new ArrayList<>();

    private int outputs;

    private Merge(Request request) {
        this.request = request;
        this.settings = request.settings();
        this.resources = new InlineResources(request.bufferBytes());
        this.host = request.source();
        this.inputs = new HostInputs(request.inputs(), host);
        this.packing = new GroupPacking(request.maxFileBytes(), request.bufferBytes(), this);
    }

    /**
     * Carries a request out.
     *
     * @return {@code outcome}, what the inputs are, and what was written
     * @throws Unsupported if the inputs do not go together
     */
    static Answer of(Request request) {
        Merge merge = new Merge(request);
        List<InputGroup> groups = merge.scanned();
        String outcome = merge.outcome(groups);
        if (outcome.equals("MERGED")) {
            groups.forEach(merge::write);
            outcome = merge.outputs == 0 ? "NO_CANDIDATES" : outcome;
        }
        return merge.answered(groups, outcome);
    }

    private List<InputGroup> scanned() {
        InputScanner scanner = new InputScanner(
                new InputScanner.Limits(
                        request.bufferBytes(),
                        request.maxFileBytes(),
                        size -> FragmentPolicy.threshold(settings, size),
                        request.minimumOf()),
                request.schemas(),
                request.metadata(),
                request.groupsMismatches());
        List<HostInput> all = request.inputs();
        for (HostInput input : all) {
            Input pinned = inputs.input(input);
            inputs.holdTail(pinned, all.size());
            scanner.scan(input.group(), pinned, pinned.open(), input.done());
        }
        List<InputGroup> groups = scanner.groups();
        groups.forEach(group -> dropped.addAll(group.agreement().dropped()));
        return groups;
    }

    /** How the merge ends if no new object has too few inputs. */
    private String outcome(List<InputGroup> groups) {
        if (groups.isEmpty()) {
            return "NO_CANDIDATES";
        }
        if (groups.stream().anyMatch(group -> packing.gains(group, input -> request.takesAll()))) {
            return "MERGED";
        }
        long names = groups.stream().map(InputGroup::name).distinct().count();
        return names < groups.size() ? "SCHEMAS_DIFFER" : "NOTHING_GAINED";
    }

    private Answer answered(List<InputGroup> groups, String outcome) {
        long rows = 0;
        long rowGroups = 0;
        for (InputGroup group : groups) {
            for (ScannedInput input : group.inputs()) {
                rows += input.rows();
                rowGroups += input.rowGroups();
            }
        }
        return answer.with("outcome", outcome)
                .with("rowsBefore", Long.toString(rows))
                .with("rowGroupsBefore", Long.toString(rowGroups))
                .with("left", String.join(",", left))
                .with("outputs", Integer.toString(outputs))
                .with("dropped", String.join("\n", dropped));
    }

    private void write(InputGroup group) {
        OutputPacking packed = packing.packing(group);
        while (packed.hasNext()) {
            List<Slice> slices = packed.next().slices();
            if (slices.size() >= request.minInputFiles()) {
                write(group, slices);
            } else {
                slices.forEach(slice -> left.add(Integer.toString(inputs.number(slice.input()))));
            }
        }
    }

    private void write(InputGroup group, List<Slice> slices) {
        byte[] name = group.name().getBytes(StandardCharsets.UTF_8);
        Scratch.put(name, 0, name.length);
        Failure.check(Host.begin(name.length), Place.of(group.name()));
        String output = "output." + outputs++ + ".";
        answer.with(output + "group", group.name())
                .with(output + "slices", slices.stream().map(this::told).collect(Collectors.joining(",")));
        joined(group, slices, joined -> {
            SurveyCache surveys = surveys(joined, slices);
            Plan plan = new Planner(surveys, settings, done -> {}).plan();
            HostWriter writer = new HostWriter(host, joined.name(), request.copies(), base(slices));
            ExecutionResult result = new PlanExecutor(surveys, resources, done -> {}).execute(plan, writer);
            dropped.addAll(result.dropped());
            return answer.with(output + "plan", Engine.json(plan))
                    .with(output + "bytes", Long.toString(result.size()))
                    .with(output + "rowGroups", Integer.toString(result.footer().rowGroupCount()))
                    .with(output + "newShape", Shape.of(result.footer(), result.size(), settings));
        });
    }

    private String told(Slice slice) {
        return inputs.number(slice.input()) + ":" + slice.from() + ":" + slice.to() + ":" + slice.last();
    }

    @Override
    public boolean changes(InputGroup group, List<Slice> slices) {
        return !plan(group, slices).isEmpty();
    }

    @Override
    public long expectedBytes(InputGroup group, List<Slice> slices) {
        return plan(group, slices).totals().expectedBytes();
    }

    private Plan plan(InputGroup group, List<Slice> slices) {
        return joined(group, slices, joined -> new Planner(surveys(joined, slices), settings, done -> {}).plan());
    }

    /** Where in the joined object the inputs' bytes begin. */
    private static long base(List<Slice> slices) {
        return slices.get(0).start() == 0 ? 0 : FileMagic.LENGTH;
    }

    private SurveyCache surveys(JoinedReader joined, List<Slice> slices) {
        JoinedSource source = new JoinedSource(joined, host, base(slices));
        long buffers = request.bufferBytes();
        SourceFile file = SourceFile.of(source, FooterReader.read(source, buffers), buffers, new HostCodecs());
        return new SurveyCache(file, settings, resources);
    }

    private <T> T joined(InputGroup group, List<Slice> slices, Function<JoinedReader, T> work) {
        inputs.arrange(slices, base(slices));
        JoinBuilder builder = new JoinBuilder(
                slices,
                group.agreement().form(),
                new HostCodecs(),
                resources,
                joined -> request.version(),
                settings.strict(),
                false,
                MAX_OPEN);
        Joined joined = builder.build();
        try (JoinedReader reader = joined.reader()) {
            dropped.addAll(joined.dropped());
            return placed(reader, work);
        }
    }

    private static <T> T placed(JoinedReader joined, Function<JoinedReader, T> work) {
        try {
            return work.apply(joined);
        } catch (CorruptFile failure) {
            throw new CorruptFile(joined.placeInInput(failure.place()), failure.problem(), failure.remedy(), failure);
        } catch (Unsupported failure) {
            throw new Unsupported(joined.placeInInput(failure.place()), failure.problem(), failure.remedy(), failure);
        } catch (GlulamException failure) {
            throw failure.within(Place.of(joined.name()));
        }
    }
}
