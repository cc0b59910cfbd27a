package io.glulam.wasm;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.execute.ExecutionResult;
import io.glulam.execute.PlanExecutor;
import io.glulam.footer.FooterReader;
import io.glulam.join.Input;
import io.glulam.join.JoinBuilder;
import io.glulam.join.JoinedReader;
import io.glulam.join.Slice;
import io.glulam.merge.InputGroup;
import io.glulam.merge.InputScanner;
import io.glulam.merge.ScannedInput;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.InlineResources;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.planning.Planner;
import io.glulam.planning.Surveys;
import io.glulam.policy.FragmentPolicy;
import io.glulam.source.SourceFile;
import io.glulam.wasm.HostInputs.HostInput;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Merges the inputs of a request into one new object, as core's {@code Merger} does. */
final class Merge {
    private final Request request;
    private final Settings settings;
    private final ExecutionResources resources;
    private final HostReader host;
    private final HostInputs inputs;
    private final Set<String> dropped = new LinkedHashSet<>();

    private Merge(Request request) {
        this.request = request;
        this.settings = request.settings();
        this.resources = new InlineResources(request.bufferBytes());
        this.host = request.source();
        this.inputs = new HostInputs(request.inputs(), host);
    }

    /**
     * Carries a request out.
     *
     * @return {@code outcome}, what the inputs are, and of a merge what was written
     * @throws Unsupported if the inputs do not go into one file
     */
    static Answer of(Request request) {
        Merge merge = new Merge(request);
        return merge.merged(merge.scanned());
    }

    private List<InputGroup> scanned() {
        InputScanner scanner = new InputScanner(
                new InputScanner.Limits(
                        request.bufferBytes(),
                        Long.MAX_VALUE,
                        size -> FragmentPolicy.threshold(settings, size),
                        request.minimumOf()),
                request.schemas(),
                request.metadata(),
                false);
        for (HostInput input : request.inputs()) {
            inputs.holdTail(input);
            Input pinned = inputs.input(input);
            scanner.scan(input.group(), pinned, pinned.open(), 0);
        }
        return scanner.groups();
    }

    private Answer merged(List<InputGroup> groups) {
        Answer answer = new Answer();
        if (groups.isEmpty()) {
            return counted(answer, List.of()).with("outcome", "NO_CANDIDATES");
        }
        InputGroup group = groups.get(0);
        counted(answer, group.inputs());
        if (group.inputs().size() == 1 && isWhole(group.inputs().get(0))) {
            return answer.with("outcome", "NOTHING_GAINED");
        }
        if (group.inputs().size() < request.minInputFiles()) {
            return answer.with("outcome", "NO_CANDIDATES").with("few", "true");
        }
        List<Slice> slices = group.inputs().stream().map(Merge::whole).toList();
        inputs.arrange(slices);
        JoinBuilder builder = new JoinBuilder(
                slices,
                group.agreement().form(),
                request.bufferBytes(),
                new HostCodecs(),
                resources::newSpool,
                joined -> request.version(),
                settings.strict(),
                false);
        try (JoinedReader joined = builder.build()) {
            dropped.addAll(group.agreement().dropped());
            dropped.addAll(builder.dropped());
            return written(joined, slices.size(), answer);
        }
    }

    /** Whether nothing can be gained by the input alone: one that has fragments is planned. */
    private static boolean isWhole(ScannedInput input) {
        return input.healthy() || input.rowGroups() <= 1;
    }

    private static Slice whole(ScannedInput input) {
        return new Slice(input.input(), 0, input.rowGroups(), 0, input.input().size(), true);
    }

    private static Answer counted(Answer answer, List<ScannedInput> inputs) {
        long rows = 0;
        long rowGroups = 0;
        for (ScannedInput input : inputs) {
            rows += input.rows();
            rowGroups += input.rowGroups();
        }
        return answer.with("rowsBefore", Long.toString(rows)).with("rowGroupsBefore", Long.toString(rowGroups));
    }

    private Answer written(JoinedReader joined, int count, Answer answer) {
        try {
            JoinedSource source = new JoinedSource(joined, host);
            long buffers = request.bufferBytes();
            SourceFile file = SourceFile.of(source, FooterReader.read(source, buffers), buffers, new HostCodecs());
            Surveys surveys = new Surveys(file, settings, resources);
            Plan plan = new Planner(surveys, settings, done -> {}).plan();
            answer.with("plan", Engine.json(plan));
            if (count == 1 && plan.isEmpty()) {
                return answer.with("outcome", "NOTHING_GAINED");
            }
            HostWriter writer = new HostWriter(host, joined.name(), request.copies());
            ExecutionResult result = new PlanExecutor(surveys, resources, done -> {}).execute(plan, writer);
            dropped.addAll(result.dropped());
            return answer.with("outcome", "MERGED")
                    .with("bytes", Long.toString(result.size()))
                    .with("rowGroups", Integer.toString(result.footer().rowGroupCount()))
                    .with("newShape", Shape.of(result.footer(), result.size(), settings))
                    .with("dropped", String.join("\n", dropped));
        } catch (CorruptFile failure) {
            throw new CorruptFile(joined.placeInInput(failure.place()), failure.problem(), failure.remedy(), failure);
        } catch (Unsupported failure) {
            throw new Unsupported(joined.placeInInput(failure.place()), failure.problem(), failure.remedy(), failure);
        } catch (GlulamException failure) {
            throw failure.within(Place.of(joined.name()));
        }
    }
}
