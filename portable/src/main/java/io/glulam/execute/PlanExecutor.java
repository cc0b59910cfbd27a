package io.glulam.execute;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.error.VerificationFailed;
import io.glulam.footer.DroppedField;
import io.glulam.footer.FileMagic;
import io.glulam.footer.Footer;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.Pipeline;
import io.glulam.pipeline.ReadBackOutput;
import io.glulam.pipeline.Task;
import io.glulam.pipeline.Workers;
import io.glulam.pipeline.Workers.Ahead;
import io.glulam.pipeline.Workers.Deferred;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.planning.SurveyCache;
import io.glulam.shape.BloomFilterForm;
import io.glulam.source.ChunkExtents;
import io.glulam.source.SourceFile;
import io.glulam.staging.StagingPlan;
import io.glulam.storage.ObjectWriter;
import io.glulam.verify.OutputVerifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Carries out a plan: writes the new file and verifies it. Publishing is the caller's. */
public final class PlanExecutor {
    private final SourceFile file;
    private final SurveyCache surveys;
    private final ExecutionResources resources;
    private final LongConsumer progress;
    private final Map<Integer, BloomFilterForm> bloomFilters;

    /**
     * @param surveys of the source; those that the plan was made from need not be made again
     * @param progress hears how many bytes are written
     */
    public PlanExecutor(SurveyCache surveys, ExecutionResources resources, LongConsumer progress) {
        this(surveys, resources, progress, Map.of());
    }

    /**
     * As above.
     *
     * @param bloomFilters that merged row groups get, by field id of the column
     */
    public PlanExecutor(
            SurveyCache surveys,
            ExecutionResources resources,
            LongConsumer progress,
            Map<Integer, BloomFilterForm> bloomFilters) {
        this.file = surveys.file();
        this.surveys = surveys;
        this.resources = resources;
        this.progress = progress;
        this.bloomFilters = Map.copyOf(bloomFilters);
    }

    /**
     * Writes everything that {@code plan} says to {@code out}.
     *
     * @throws Unsupported if the plan does not have the source's row groups and rows: it was changed by hand
     * @throws io.glulam.error.GlulamException if the source turns out to be corrupt, the storage fails, or what was
     *     written does not verify; nothing must be published then
     */
    public ExecutionResult execute(Plan plan, ObjectWriter out) {
        requireSameRows(plan);
        StagingPlan.stage(file, plan);
        KeptStarts.require(plan, file);
        ReadBackOutput output = new ReadBackOutput(out, resources.newBuffer(ReadBackOutput.READ_BACK));
        writeMagic(plan, out, output);
        DroppedAids aids = new DroppedAids(file.bytes().name(), plan.settings().strict());
        AtomicLong unpackedForRows = new AtomicLong();
        UncountedRows uncounted = new UncountedRows();
        try (TailLog log = new TailLog(resources::newOverflow)) {
            WrittenRowGroups rowGroups = writeRowGroups(plan, aids, unpackedForRows, uncounted, output, log);
            List<DroppedField> fields = new TailWriter(
                            file.footer(), file.bytes(), output, rowGroups.inOrder(), log, aids, resources::newOverflow)
                    .write(plan.settings().strict());
            out.seal();
            OutputVerifier verifier = new OutputVerifier(file, plan, out, resources.workers());
            Footer written = verify(verifier, uncounted);
            long unpacked = unpackedForRows.get() + verifier.unpackedBytes();
            return new ExecutionResult(rowGroups.sizes(), unpacked, dropped(aids, fields), written, out.position());
        }
    }

    private Footer verify(OutputVerifier verifier, UncountedRows uncounted) {
        try {
            return verifier.verify();
        } catch (VerificationFailed failure) {
            uncounted.requireRowsOfSource(surveys);
            throw failure;
        }
    }

    private static List<String> dropped(DroppedAids aids, List<DroppedField> fields) {
        List<String> lines = new ArrayList<>(aids.lines());
        fields.forEach(field -> lines.add(field.thriftPath() + ": " + field.reason()));
        return lines;
    }

    private void writeMagic(Plan plan, ObjectWriter out, ReadBackOutput output) {
        if (out.copiesInStore() && beginsLikeSource(plan)) {
            // One range with the row group after it: as a literal, it would have to be filled up to a part.
            output.copy(file.bytes().reader(), 0, FileMagic.LENGTH);
        } else {
            output.append(ByteBuffer.wrap(FileMagic.bytes()));
        }
    }

    private WrittenRowGroups writeRowGroups(
            Plan plan,
            DroppedAids aids,
            AtomicLong unpackedForRows,
            UncountedRows uncounted,
            ReadBackOutput output,
            TailLog log) {
        Workers workers = resources.workers();
        long bytes = resources.bufferBytes();
        WrittenRowGroups written = new WrittenRowGroups(log, progress);
        try (Unfinished unfinished = new Unfinished();
                Pipeline<WrittenRowGroups> pipeline =
                        workers.pipeline(output, written, bytes, RecodeMemory.bytesAhead(bytes))) {
            List<RowGroupJob> jobs = jobs(
                    plan,
                    new ExecutionContext(
                            surveys,
                            plan.settings(),
                            bloomFilters,
                            resources,
                            CarriedClaims.counted(plan, file, aids),
                            aids,
                            unpackedForRows,
                            uncounted,
                            unfinished,
                            pipeline));
            try (Ahead ahead = workers.ahead(recodings(jobs))) {
                return write(jobs, pipeline);
            }
        }
    }

    private static List<Deferred<Task.Made<WrittenRowGroups>>> recodings(List<RowGroupJob> jobs) {
        return jobs.stream()
                .flatMap(job -> job.recodings().stream())
                .map(ColumnRecoding::begun)
                .toList();
    }

    private static WrittenRowGroups write(List<RowGroupJob> jobs, Pipeline<WrittenRowGroups> pipeline) {
        try {
            jobs.forEach(RowGroupJob::submit);
        } catch (RuntimeException failure) {
            throw pipeline.causeOf(failure);
        }
        return pipeline.drain();
    }

    private static List<RowGroupJob> jobs(Plan plan, ExecutionContext run) {
        List<RowGroupJob> jobs = new ArrayList<>(plan.groups().size());
        ChunkExtents extents = new ChunkExtents(run.file());
        for (OutputGroup group : plan.groups()) {
            if (group instanceof OutputGroup.KeptGroup kept) {
                jobs.add(new RowGroupCopier(run, extents, kept.rowGroup()));
            } else if (group instanceof OutputGroup.MergedGroup merged) {
                jobs.add(new RowGroupMerger(run, merged));
            }
        }
        return jobs;
    }

    private void requireSameRows(Plan plan) {
        boolean same = plan.sourceRowGroups() == file.footer().rowGroupCount();
        for (int i = 0; same && i < plan.groups().size(); i++) {
            OutputGroup group = plan.groups().get(i);
            long rows = Arrays.stream(group.sources().toArray())
                    .mapToLong(file.footer()::rows)
                    .sum();
            same = rows == group.rows();
        }
        if (!same) {
            throw new Unsupported(
                    Place.of(file.bytes().name()),
                    "the plan has other row groups or rows than the file",
                    "plan it again");
        }
    }

    private boolean beginsLikeSource(Plan plan) {
        return !plan.groups().isEmpty()
                && plan.groups().get(0) instanceof OutputGroup.KeptGroup kept
                && file.beginsWith(kept.rowGroup());
    }
}
