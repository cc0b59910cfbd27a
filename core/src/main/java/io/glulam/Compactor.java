package io.glulam;

import io.glulam.CompactionReport.Cost;
import io.glulam.CompactionReport.Unguarded;
import io.glulam.ProgressListener.Phase;
import io.glulam.PublishListener.Publication;
import io.glulam.codec.JvmCodecs;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.VerificationFailed;
import io.glulam.execute.ExecutionResult;
import io.glulam.execute.ForeseenLosses;
import io.glulam.execute.MergedSizes;
import io.glulam.execute.PlanExecutor;
import io.glulam.fetch.StagedReader;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalStore;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.planning.Planner;
import io.glulam.planning.SurveyCache;
import io.glulam.shape.BloomFilterForm;
import io.glulam.source.SourceFile;
import io.glulam.staging.TrafficForecast;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PartLimits;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.Traffic;
import io.glulam.storage.WriteRequest;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/**
 * Compacts Parquet files: plans what to merge, moves the bytes, verifies and publishes. Sources are never changed; what
 * is published appears at once or not at all. Thread-safe: every call is a run of its own.
 *
 * <p>All methods throw {@link GlulamException} if they refuse or fail; nothing was published then.
 */
public final class Compactor {
    private final CompactionOptions options;
    private final ObjLongConsumer<Footer> written;
    private final Map<Integer, BloomFilterForm> bloomFilters;

    public Compactor(CompactionOptions options) {
        this(options, (footer, size) -> {}, Map.of());
    }

    /**
     * @param written takes the footer and the size of each new file before it is published
     * @param bloomFilters that merged row groups get, by field id of the column
     */
    Compactor(CompactionOptions options, ObjLongConsumer<Footer> written, Map<Integer, BloomFilterForm> bloomFilters) {
        this.options = options;
        this.written = written;
        this.bloomFilters = bloomFilters;
    }

    /** As {@link #plan(ObjectRef)}, for a local file. */
    public Plan plan(Path source) {
        return plan(LocalStore.object(source));
    }

    /**
     * Plans a compaction: what would be done, and why. Reads the footer, page headers, dictionary pages and samples of
     * the values that would be merged; of an object in a store all that would be merged.
     */
    public Plan plan(ObjectRef source) {
        return preview(source).plan();
    }

    /** As {@link #plan(ObjectRef)}, and forecasts the requests that carrying it out in place will take. */
    public PlanPreview preview(ObjectRef source) {
        return preview(source, source);
    }

    /** As {@link #preview(ObjectRef)}, of a source that is put together from others, and of a new object of a store. */
    PlanPreview preview(ObjectRef source, ObjectRef target) {
        RunClock clock = new RunClock();
        try (RangeReader reader = open(source, target)) {
            SourceFile file = sourceFile(reader);
            SurveyCache surveys = surveys(file, options.settings());
            Plan plan = plan(surveys, clock);
            // In a store, page indexes of kept row groups cost requests: only a strict run pays for them.
            boolean affordable = !reader.isRemote() || options.settings().strict();
            boolean foreseen = affordable && !reader.isAssembled();
            List<String> dropped = foreseen ? ForeseenLosses.of(surveys, plan) : List.of();
            return new PlanPreview(plan, dropped, reader.traffic(), expected(file, plan, source, target));
        } catch (GlulamException failure) {
            throw failure.within(Place.of(source.name()));
        }
    }

    private static Traffic expected(SourceFile file, Plan plan, ObjectRef source, ObjectRef target) {
        RangeReader reader = file.bytes().reader();
        if (reader.isAssembled()) {
            return TrafficForecast.toNewObject(file, plan, target.store().capabilities());
        }
        return reader.isRemote()
                ? TrafficForecast.of(file, plan, source.store().capabilities().parts())
                        .plus(TableFormats.expected(source.key()))
                : Traffic.NONE;
    }

    /**
     * Runs a compaction.
     *
     * @throws SourceChanged if the source changes meanwhile, or is not the version that the job's plan is for
     * @throws io.glulam.error.Unsupported also if the job would replace a file of a table whose metadata pins it
     */
    public CompactionReport run(Job job) {
        try (TargetLook look = TargetLook.begin(job.target(), options)) {
            return run(job, look);
        }
    }

    /** As {@link #run(Job)}, with a look at the target that the caller has begun, and closes. */
    CompactionReport run(Job job, TargetLook look) {
        RunClock clock = new RunClock();
        Traffic tables = Traffic.NONE;
        if (job.target() == null) {
            tables = TableFormats.requireNoTable(job.source());
        } else if (options.overwrite()) {
            tables = TableFormats.requireNoTableAround(job.target()); // Overwriting a table's file breaks it no less.
        }
        try (RangeReader reader = open(job.source(), job.published())) {
            try {
                return run(job, reader, tables, look, clock);
            } catch (CorruptFile | StorageFailed | VerificationFailed failure) {
                throw causeOf(failure, reader);
            }
        } catch (GlulamException failure) {
            throw failure.within(Place.of(job.source().name()));
        }
    }

    private RangeReader open(ObjectRef source, ObjectRef target) {
        RangeReader reader = source.store().open(source.key());
        if (!reader.isRemote()) {
            return reader;
        }
        // Between two stores nothing can be copied without us.
        PartLimits limits =
                reader.liesIn(target.store()) ? target.store().capabilities().parts() : PartLimits.NONE;
        return StagedReader.over(reader, options.resources(), limits);
    }

    /** Returns the failure to report: a source that has changed looks corrupt or gone, but that it changed is the cause. */
    private static GlulamException causeOf(GlulamException failure, RangeReader reader) {
        try {
            reader.checkUnchanged();
            return failure;
        } catch (SourceChanged changed) {
            changed.addSuppressed(failure);
            return changed;
        } catch (StorageFailed unknown) {
            // A failure interrupts the other workers, and that closes the file they read.
            failure.addSuppressed(unknown);
            return failure;
        }
    }

    private CompactionReport run(Job job, RangeReader reader, Traffic tables, TargetLook look, RunClock clock) {
        SourceFile file = sourceFile(reader);
        Plan given = job.plan();
        SurveyCache surveys = surveys(file, given == null ? options.settings() : given.settings());
        Plan plan = given == null ? plan(surveys, clock) : checked(given, file);
        if (!plan.isEmpty() || job.target() != null) {
            Traffic looked = look.requireFree();
            WriteRequest object = writeRequest(job, reader, plan, look);
            return write(surveys, plan, object, job.published(), tables.plus(looked), clock);
        }
        FileShape shape = FileShape.of(file.footer(), reader.size(), plan.settings());
        return new CompactionReport(
                plan,
                false,
                reader.name(),
                shape,
                shape,
                List.of(),
                new Cost(file.bytes().bytesRead(), 0, 0, clock.phases(), tables.plus(reader.traffic())),
                List.of(),
                Set.of());
    }

    private SourceFile sourceFile(RangeReader reader) {
        Footer footer = FooterReader.read(reader, options.bufferBytes());
        return SourceFile.of(reader, footer, options.bufferBytes(), JvmCodecs.INSTANCE);
    }

    private SurveyCache surveys(SourceFile file, Settings settings) {
        return new SurveyCache(file, settings, options.resources());
    }

    private Plan plan(SurveyCache surveys, RunClock clock) {
        long size = surveys.file().bytes().size();
        Plan plan = new Planner(
                        surveys, options.settings(), done -> options.progress().progress(Phase.PLAN, done, size))
                .plan();
        clock.end(Phase.PLAN);
        return plan;
    }

    private static Plan checked(Plan plan, SourceFile file) {
        if (!plan.source().version().equals(file.bytes().reader().version())) {
            throw new SourceChanged(
                    Place.of(file.bytes().name()), "the file is not the version that was planned for", "plan it again");
        }
        return plan;
    }

    private WriteRequest writeRequest(Job job, RangeReader reader, Plan plan, TargetLook look) {
        PublishCondition condition = job.target() == null
                ? new PublishCondition.Unchanged(reader)
                : options.overwrite() ? new PublishCondition.Replace() : new PublishCondition.Absent(look.isAsked());
        String suffix = condition instanceof PublishCondition.Absent ? null : options.backupSuffix();
        String backup =
                suffix == null ? null : Backups.of(job.published(), suffix).key();
        return new WriteRequest(
                condition, reader.size(), reader, backup, PlanHash.of(plan), options.resources()::newSpool);
    }

    private CompactionReport write(
            SurveyCache surveys, Plan plan, WriteRequest object, ObjectRef target, Traffic before, RunClock clock) {
        SourceFile file = surveys.file();
        RangeReader reader = file.bytes().reader();
        try (ObjectWriter writer = target.store().create(target.key(), object)) {
            ExecutionResult result = execute(surveys, plan, writer);
            clock.end(Phase.MOVE);
            reader.checkUnchanged();
            FileShape after = FileShape.of(result.footer(), writer.position(), plan.settings());
            written.accept(result.footer(), writer.position());
            clock.end(Phase.VERIFY);
            options.progress().progress(Phase.PUBLISH, 0, 0);
            if (!options.publishing().equals(PublishListener.NONE)) {
                options.publishing().beforePublish(publication(target, object, writer, reader, result.footer()));
            }
            writer.publish();
            Traffic checked = PublishCheck.check(target, writer, result.footer(), options);
            clock.end(Phase.PUBLISH);
            Cost cost = new Cost(
                    file.bytes().bytesRead(),
                    writer.position(),
                    result.bytesUnpackedForRows(),
                    clock.phases(),
                    before.plus(reader.traffic()).plus(writer.traffic()).plus(checked));
            return new CompactionReport(
                    plan,
                    true,
                    target.name(),
                    FileShape.of(file.footer(), reader.size(), plan.settings()),
                    after,
                    ColumnResults.of(plan, result.merged()),
                    cost,
                    result.dropped(),
                    unguarded(target.store().capabilities(), object, writer));
        }
    }

    private static Publication publication(
            ObjectRef target, WriteRequest object, ObjectWriter writer, RangeReader source, Footer footer) {
        String backup = object.backup();
        return new Publication(
                target,
                String.valueOf(object.mark()),
                source.version(),
                writer.position(),
                FooterDigest.of(footer),
                writer.expectedVersion(),
                backup == null ? null : target.sibling(backup));
    }

    private static Set<Unguarded> unguarded(StoreCapabilities store, WriteRequest object, ObjectWriter writer) {
        Set<Unguarded> unguarded = EnumSet.noneOf(Unguarded.class);
        if (!store.conditionalPublish() && !(object.condition() instanceof PublishCondition.Replace)) {
            unguarded.add(Unguarded.SWAP);
        }
        boolean bySwap = store.conditionalPublish() && object.condition() instanceof PublishCondition.Unchanged;
        if (!store.conditionalSource() && !bySwap && writer.traffic().copied() > 0) {
            unguarded.add(Unguarded.COPIES);
        }
        return unguarded;
    }

    private ExecutionResult execute(SurveyCache surveys, Plan plan, ObjectWriter writer) {
        SourceFile file = surveys.file();
        RangeReader reader = file.bytes().reader();
        if (plan.isEmpty() && !reader.isAssembled()) {
            writer.copy(reader, 0, reader.size());
            return new ExecutionResult(MergedSizes.NONE, 0, List.of(), file.footer(), reader.size());
        }
        long size = reader.size();
        return new PlanExecutor(
                        surveys,
                        options.resources(),
                        done -> options.progress().progress(Phase.MOVE, done, size),
                        bloomFilters)
                .execute(plan, writer);
    }
}
