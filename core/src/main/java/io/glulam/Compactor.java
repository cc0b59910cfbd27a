package io.glulam;

import io.glulam.CompactionReport.ColumnResult;
import io.glulam.CompactionReport.FileFacts;
import io.glulam.ProgressListener.Phase;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.execute.ExecutionResources;
import io.glulam.execute.ExecutionResult;
import io.glulam.execute.PlanExecutor;
import io.glulam.execute.Planner;
import io.glulam.execute.SourceFile;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.policy.FragmentPolicy;
import io.glulam.splice.MergedChunk;
import io.glulam.storage.LocalFileReader;
import io.glulam.storage.LocalFileWriter;
import io.glulam.storage.PublishCondition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compacts Parquet files: plans what to merge, moves the bytes, verifies and publishes. Sources are never changed; what
 * is published appears at once or not at all. Thread-safe: every call is a run of its own.
 *
 * <p>All methods throw {@link GlulamException} if they refuse or fail; nothing was published then.
 */
public final class Compactor {
    private final CompactionOptions options;

    public Compactor(CompactionOptions options) {
        this.options = options;
    }

    /** What a compaction of {@code source} would do, and why. Reads the footer, page headers and dictionary pages. */
    public Plan plan(Path source) {
        RunClock clock = new RunClock();
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            return plan(open(reader), clock);
        } catch (GlulamException failure) {
            throw failure.within(Place.of(source.toString()));
        }
    }

    /** Compacts {@code source} into a new file; with nothing to do, {@code target} is a copy. */
    public CompactionReport compact(Path source, Path target) {
        return run(source, target, null);
    }

    /**
     * Replaces {@code source} by its compaction; with nothing to do, it is not touched.
     *
     * @throws io.glulam.error.Unsupported if the file belongs to a table whose manifests pin it
     */
    public CompactionReport compactInPlace(Path source) {
        return run(source, null, null);
    }

    /**
     * Carries out a plan that was made before, into a new file.
     *
     * @throws SourceChanged if {@code source} is not the version that the plan is for
     */
    public CompactionReport execute(Plan plan, Path source, Path target) {
        return run(source, target, plan);
    }

    /** As {@link #execute}, replacing the source. */
    public CompactionReport executeInPlace(Plan plan, Path source) {
        return run(source, null, plan);
    }

    private CompactionReport run(Path source, @Nullable Path target, @Nullable Plan given) {
        RunClock clock = new RunClock();
        if (target == null) {
            TableFormats.requireNoTable(source);
        }
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            try {
                return run(reader, target, given, clock);
            } catch (CorruptFile | StorageFailed failure) {
                throw causeOf(failure, reader);
            }
        } catch (GlulamException failure) {
            throw failure.within(Place.of(source.toString()));
        }
    }

    /** A source that changes meanwhile looks corrupt or gone: then that is what to say. */
    private static GlulamException causeOf(GlulamException failure, LocalFileReader reader) {
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

    private CompactionReport run(LocalFileReader reader, @Nullable Path target, @Nullable Plan given, RunClock clock) {
        SourceFile file = open(reader);
        Plan plan = given == null ? plan(file, clock) : checked(given, file);
        if (!plan.isEmpty() || target != null) {
            return write(reader, file, plan, target, clock);
        }
        FileFacts facts = facts(file.footer(), reader.size(), plan.settings());
        return new CompactionReport(
                plan,
                false,
                reader.name(),
                facts,
                facts,
                List.of(),
                file.bytes().bytesRead(),
                0,
                List.of(),
                clock.phases());
    }

    private SourceFile open(LocalFileReader reader) {
        Footer footer = FooterReader.read(reader, options.bufferBytes());
        return SourceFile.of(reader, footer, options.bufferBytes());
    }

    private Plan plan(SourceFile file, RunClock clock) {
        long size = file.bytes().size();
        Plan plan = new Planner(
                        file, options.settings(), done -> options.progress().progress(Phase.PLAN, done, size))
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

    private CompactionReport write(
            LocalFileReader reader, SourceFile file, Plan plan, @Nullable Path target, RunClock clock) {
        Path path = target == null ? reader.path() : target;
        PublishCondition condition = target == null
                ? new PublishCondition.Unchanged(reader)
                : options.overwrite() ? new PublishCondition.Replace() : new PublishCondition.Absent();
        Path backup = options.backupSuffix() == null || condition instanceof PublishCondition.Absent
                ? null
                : Backups.of(path, options.backupSuffix());
        try (LocalFileWriter writer = LocalFileWriter.create(path, condition, reader.size(), reader.path(), backup)) {
            ExecutionResult result = execute(reader, file, plan, writer);
            clock.end(Phase.MOVE);
            reader.checkUnchanged();
            FileFacts after = facts(
                    plan.isEmpty() ? file.footer() : FooterReader.read(writer.written(), options.bufferBytes()),
                    writer.position(),
                    plan.settings());
            clock.end(Phase.VERIFY);
            options.progress().progress(Phase.PUBLISH, 0, 0);
            writer.publish();
            clock.end(Phase.PUBLISH);
            return new CompactionReport(
                    plan,
                    true,
                    path.toString(),
                    facts(file.footer(), reader.size(), plan.settings()),
                    after,
                    columns(plan, result),
                    file.bytes().bytesRead(),
                    writer.position(),
                    result.dropped(),
                    clock.phases());
        }
    }

    private ExecutionResult execute(LocalFileReader reader, SourceFile file, Plan plan, LocalFileWriter writer) {
        if (plan.isEmpty()) {
            writer.copy(reader, 0, reader.size());
            return new ExecutionResult(List.of(), List.of(), reader.size());
        }
        ExecutionResources resources =
                new ExecutionResources(options.threads(), options.bufferBytes(), options.temporaryFolder());
        long size = reader.size();
        return new PlanExecutor(file, resources, done -> options.progress().progress(Phase.MOVE, done, size))
                .execute(plan, writer);
    }

    private static FileFacts facts(Footer footer, long size, Settings settings) {
        long threshold = FragmentPolicy.threshold(settings, size);
        int fragments = 0;
        for (int i = 0; i < footer.rowGroupCount(); i++) {
            fragments += footer.compressedSize(i) < threshold ? 1 : 0;
        }
        return new FileFacts(size, footer.rowCount(), footer.rowGroupCount(), fragments);
    }

    private static List<ColumnResult> columns(Plan plan, ExecutionResult result) {
        List<ColumnResult> columns = new ArrayList<>();
        for (int i = 0; i < result.mergedChunks().size(); i++) {
            if (plan.groups().get(i) instanceof OutputGroup.MergedGroup group) {
                for (int leaf = 0; leaf < group.columns().size(); leaf++) {
                    ColumnPlan column = group.columns().get(leaf);
                    MergedChunk chunk = result.mergedChunks().get(i).get(leaf);
                    columns.add(new ColumnResult(
                            i,
                            plan.columns().get(leaf),
                            column.tier(),
                            column.reason(),
                            chunk.sourcePages(),
                            chunk.pages(),
                            column.sourceBytes(),
                            chunk.chunk().compressedSize()));
                }
            }
        }
        return columns;
    }
}
