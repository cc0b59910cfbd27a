package io.glulam.execute;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.format.Leaf;
import io.glulam.page.PageForm;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.OnThreads;
import io.glulam.pipeline.Pipeline;
import io.glulam.pipeline.Pipeline.Begun;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.plan.Sources;
import io.glulam.plan.Tier;
import io.glulam.planning.Surveys;
import io.glulam.source.SourceFile;
import io.glulam.splice.SurveyedColumn;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Begins the recoded columns of a plan in the order of the output, on a thread of its own and as far ahead as their
 * memory allows, so that several are recoded at once while the bytes between them are moved.
 */
final class RecodeAhead implements AutoCloseable {
    private final Surveys surveys;
    private final Plan plan;
    private final Pipeline pipeline;
    private final ExecutionResources resources;
    private final BlockingQueue<Next> begun = new LinkedBlockingQueue<>();
    private @Nullable Thread thread;

    /** A column under way. */
    record Column(SurveyedColumn source, PageForm form, Begun<RecodedColumn> recoded) {}

    /** A column, or what prevented it and all behind it. */
    private record Next(@Nullable Column column, @Nullable Throwable failure) {}

    RecodeAhead(Surveys surveys, Plan plan, Pipeline pipeline, ExecutionResources resources) {
        this.surveys = surveys;
        this.plan = plan;
        this.pipeline = pipeline;
        this.resources = resources;
    }

    /** Bytes of the heap that everything ahead may take: what buffers, footers, surveys and indexes leave. */
    static long heapBytes(ExecutionResources resources) {
        return resources.bufferBytes() / 2 * 3;
    }

    /** Starts the thread, if the plan recodes anything. */
    void start() {
        if (plan.groups().stream().anyMatch(RecodeAhead::recodes)) {
            Thread started = new Thread(this::beginAll, "glulam-recode-ahead");
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    private static boolean recodes(OutputGroup group) {
        return group instanceof MergedGroup merged
                && merged.columns().stream().anyMatch(column -> column.tier() == Tier.RECODE);
    }

    private void beginAll() {
        try {
            for (OutputGroup group : plan.groups()) {
                if (group instanceof MergedGroup merged) {
                    for (ColumnPlan column : merged.columns()) {
                        if (column.tier() == Tier.RECODE) {
                            begun.add(new Next(begin(merged.sources(), column), null));
                        }
                    }
                }
            }
        } catch (RuntimeException | Error failure) {
            begun.add(new Next(null, failure));
        }
    }

    private Column begin(Sources sources, ColumnPlan column) {
        SourceFile file = surveys.file();
        Settings settings = plan.settings();
        Leaf leaf = file.footer().schema().leaves().get(column.leaf());
        try {
            SurveyedColumn source = surveys.take(sources, leaf);
            PageForm own = source.form(file.trust(), settings.compression());
            PageForm form = own.writable().withVersion(settings.form().pageVersion(own.version()));
            RecodeMemory memory = RecodeMemory.of(source, column, settings);
            Begun<RecodedColumn> recoded = pipeline.begin(
                    Math.min(pipeline.capacityAhead(), memory.making()),
                    Math.min(pipeline.capacityAhead(), memory.holding()),
                    () -> RecodedColumn.recode(file, source, form, column, settings, resources.temporaryFolder()));
            return new Column(source, form, recoded);
        } catch (GlulamException failure) {
            throw failure.within(new Place(file.bytes().name(), -1, leaf.name(), -1));
        }
    }

    /** The next column, waited for; as many as the plan recodes, in its order. */
    Column next() {
        try {
            Next next = begun.take();
            if (next.column() == null) {
                begun.add(next); // For whoever asks again.
                throw OnThreads.unchecked(next.failure());
            }
            return next.column();
        } catch (InterruptedException e) {
            throw Pipeline.interrupted();
        }
    }

    /** Begins no more, and returns when that is certain. */
    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            OnThreads.join(running);
        }
    }
}
