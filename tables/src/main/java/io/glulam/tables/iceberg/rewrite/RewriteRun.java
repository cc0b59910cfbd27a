package io.glulam.tables.iceberg.rewrite;

import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import io.glulam.tables.CommitStateUnknown;
import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.iceberg.plan.PlannedOutput;
import io.glulam.tables.iceberg.plan.RewriteOptions;
import io.glulam.tables.iceberg.plan.RewritePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan: has outputs written and commits them, all at once or, with partial progress, groups in several commits.
 * New files are removed again where it is known that they were not committed. Used once.
 */
public final class RewriteRun implements OutputRunner.Sink {
    private final Table table;
    private final RewritePlan plan;
    private final RewriteOptions options;
    private final TableListener listener;
    private final Function<String, ObjectRef> objects;
    private final RewriteCommitter committer;
    private final String runId;

    private final Map<Integer, Integer> outputsOpen = new HashMap<>();
    private final List<WrittenOutput> waiting = new ArrayList<>();
    private final List<Long> snapshots = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final RunTotals totals = new RunTotals();
    private List<MergedMetrics> metrics = List.of();
    private int groupsACommit = 1;
    private int groupsEnded;
    private int outputsDone;
    private int failedCommits;

    /**
     * @param objects opens a file by its path
     * @param branch to commit to; null for the main one
     * @param runId of which no other run has the same
     * @param properties of the snapshots
     */
    public RewriteRun(
            Table table,
            TableAddress address,
            RewritePlan plan,
            RewriteOptions options,
            Function<String, ObjectRef> objects,
            @Nullable String branch,
            String runId,
            Map<String, String> properties,
            TableListener listener) {
        this.table = table;
        this.plan = plan;
        this.options = options;
        this.objects = objects;
        this.listener = listener;
        this.runId = runId;
        this.committer = new RewriteCommitter(table, address, plan, branch, properties);
    }

    /**
     * Runs.
     *
     * @throws GlulamException if it fails; with partial progress only if no commit succeeded
     * @throws CommitStateUnknown if the table may hold the new files or not; nothing was deleted then
     */
    public RewriteResult run(OutputRunner runner) {
        List<PlannedOutput> outputs = plan.outputs();
        int files = outputs.stream().mapToInt(output -> output.files().size()).sum();
        listener.planned(files, outputs.size());
        metrics = SourceMetrics.of(table, plan.snapshotId(), outputs, jobs -> runner.statistics(table, jobs));
        outputs.forEach(output -> outputsOpen.merge(output.group(), 1, Integer::sum));
        groupsACommit = Math.max(1, (outputsOpen.size() + options.maxCommits() - 1) / options.maxCommits());
        boolean done = false;
        try {
            runner.run(jobs(outputs), this);
            commit(waiting);
            done = true;
        } catch (CommitStateUnknown unknown) {
            forget(unknown(unknown)); // They may be part of the table.
            throw unknown;
        } catch (Error failure) {
            waiting.clear(); // Where memory ran out in a commit, they may be part of the table.
            throw failure;
        } finally {
            if (!done) {
                remove(waiting);
            }
        }
        return new RewriteResult(report(), totals.groups());
    }

    private static List<OutputJob> jobs(List<PlannedOutput> outputs) {
        List<OutputJob> jobs = new ArrayList<>();
        outputs.forEach(output -> jobs.add(OutputJob.of(jobs.size(), output)));
        return jobs;
    }

    private List<WrittenOutput> unknown(CommitStateUnknown failure) {
        Set<String> files = new HashSet<>(failure.files());
        return waiting.stream()
                .filter(output -> files.contains(output.file().location()))
                .toList();
    }

    @Override
    public void written(OutputJob job, OutputResult result) {
        PlannedOutput planned = plan.outputs().get(job.index());
        WrittenOutput written = WrittenOutput.of(table, plan.snapshotId(), planned, metrics.get(job.index()), result);
        if (written != null) {
            totals.moved(written.file());
            notes.addAll(written.file().missingFilters());
            waiting.add(written);
        }
        result.refused().forEach(refused -> leave(planned.files().get(refused.source()), refused.problem()));
        listener.written(++outputsDone, plan.outputs().size());
        ended(job);
    }

    private void leave(DataFile file, String problem) {
        boolean alone = problem.isEmpty();
        plan.left()
                .add(
                        alone ? LeftReason.ALONE : LeftReason.REFUSED,
                        file.fileSizeInBytes(),
                        alone ? file.location() : problem);
    }

    @Override
    public void failed(OutputJob job, GlulamException failure) {
        if (!options.partialProgress() || Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        PlannedOutput output = plan.outputs().get(job.index());
        totals.failed(output);
        notes.add("files of " + describe(output) + " were not merged: " + failure.getMessage());
        ended(job);
    }

    private static String describe(PlannedOutput output) {
        return output.partitionName().isEmpty() ? "the table" : output.partitionName();
    }

    /** With partial progress, outputs of groups that are complete are committed from time to time. */
    private void ended(OutputJob job) {
        int open = outputsOpen.merge(job.group(), -1, Integer::sum);
        groupsEnded += open == 0 ? 1 : 0;
        if (options.partialProgress() && groupsEnded >= groupsACommit) {
            groupsEnded = 0;
            commit(waiting.stream()
                    .filter(output -> outputsOpen.getOrDefault(output.planned().group(), 0) == 0)
                    .toList());
        }
    }

    private void commit(List<WrittenOutput> ready) {
        List<WrittenOutput> outputs = List.copyOf(ready);
        if (outputs.isEmpty()) {
            return;
        }
        long snapshot;
        try {
            snapshot = committer.commit(
                    outputs.stream().map(WrittenOutput::replacement).toList(), runId + "-" + snapshots.size());
        } catch (SourceChanged | StorageFailed failure) {
            if (!options.partialProgress() || ++failedCommits > options.maxFailedCommits()) {
                throw failure;
            }
            outputs.forEach(output -> totals.failed(output.planned()));
            notes.add("a commit failed, and others went on: " + failure.getMessage());
            remove(outputs);
            forget(outputs);
            return;
        }
        outputs.forEach(totals::committed);
        forget(outputs);
        snapshots.add(snapshot);
        listener.committed(snapshot);
    }

    private void forget(List<WrittenOutput> outputs) {
        Set<WrittenOutput> these = Collections.newSetFromMap(new IdentityHashMap<>());
        these.addAll(outputs);
        waiting.removeIf(these::contains);
    }

    /** Removes new files that no commit holds; one that cannot be removed is named. */
    private void remove(List<WrittenOutput> outputs) {
        for (WrittenOutput output : outputs) {
            ObjectRef object = objects.apply(output.file().location());
            try {
                ObjectRemover.deleteIfAble(object);
            } catch (GlulamException failure) {
                notes.add("a new file that was not committed stays: " + object.name());
            }
        }
    }

    private TableReport report() {
        TableReport.Counts counts = totals.counts(committer.removedDeletes());
        return new TableReport(
                plan.summary().withLeft(plan.left().files()),
                snapshots.isEmpty() ? Outcome.ALL_LEFT : Outcome.COMPACTED,
                counts,
                totals.bytes(),
                totals.deletes(),
                totals.traffic(),
                snapshots,
                counts.rewrittenBytes(),
                "",
                notes);
    }
}
