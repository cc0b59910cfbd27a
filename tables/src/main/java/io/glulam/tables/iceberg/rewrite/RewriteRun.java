package io.glulam.tables.iceberg.rewrite;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport.ColumnResult;
import io.glulam.ShapedReport;
import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.plan.Tier;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.StoredObject;
import io.glulam.storage.Traffic;
import io.glulam.tables.CommitStateUnknown;
import io.glulam.tables.Outcome;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableReport.Counts;
import io.glulam.tables.TableReport.MovedBytes;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.iceberg.plan.PlannedOutput;
import io.glulam.tables.iceberg.plan.RewriteOptions;
import io.glulam.tables.iceberg.plan.RewritePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan: writes outputs and commits them, all at once or, with partial progress, group after group in several
 * commits. New files are removed again where it is known that they were not committed. Used once.
 */
public final class RewriteRun {
    private final Table table;
    private final RewritePlan plan;
    private final RewriteOptions options;
    private final TableListener listener;
    private final OutputWriter writer;
    private final RewriteCommitter committer;
    private final String runId = UUID.randomUUID().toString();

    private final List<WrittenOutput> pending = new ArrayList<>();
    private final List<Long> snapshots = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Totals totals = new Totals();
    private int failedCommits;

    /**
     * @param objects opens a file by its path
     * @param branch to commit to; null for the main one
     */
    public RewriteRun(
            Table table,
            TableAddress address,
            RewritePlan plan,
            RewriteOptions options,
            CompactionOptions compaction,
            Function<String, StoredObject> objects,
            Locations locations,
            @Nullable String branch,
            TableListener listener) {
        this.table = table;
        this.plan = plan;
        this.options = options;
        this.listener = listener;
        this.writer = new OutputWriter(table, plan.snapshotId(), compaction, objects, locations, plan.left(), runId);
        this.committer = new RewriteCommitter(table, address, plan.snapshotId(), plan.sequenceNumber(), branch);
    }

    /** Sums over what was committed. */
    private static final class Totals {
        private int rewritten;
        private int added;
        private long rewrittenBytes;
        private int failed;
        private long remapped;
        private long recoded;
        private long addedBytes;
        private Traffic traffic = Traffic.NONE;

        void add(WrittenOutput output) {
            rewritten += output.planned().files().size();
            rewrittenBytes += output.planned().bytes();
            added++;
            addedBytes += output.report().bytes();
            MovedBytes bytes = moved(output.report());
            remapped += bytes.remapped();
            recoded += bytes.recoded();
        }
    }

    /** Returns how the bytes of an output were made. */
    static MovedBytes moved(ShapedReport report) {
        long remapped = 0;
        long recoded = 0;
        for (ColumnResult column : report.compaction().columns()) {
            remapped += column.tier() == Tier.REMAP ? column.bytes() : 0;
            recoded += column.tier() == Tier.COALESCE || column.tier() == Tier.RECODE ? column.bytes() : 0;
        }
        return new MovedBytes(report.bytes() - remapped - recoded, remapped, recoded, report.bytes());
    }

    /**
     * Runs.
     *
     * @throws GlulamException if it fails; with partial progress only if no commit succeeded
     * @throws CommitStateUnknown if the table may hold the new files or not; nothing was deleted then
     */
    public TableReport run() {
        List<PlannedOutput> outputs = plan.outputs();
        int files = outputs.stream().mapToInt(output -> output.files().size()).sum();
        listener.planned(files, outputs.size());
        List<MergedMetrics> metrics = SourceMetrics.of(table, plan.snapshotId(), outputs);
        boolean done = false;
        try {
            writeAll(outputs, metrics);
            done = true;
        } catch (CommitStateUnknown unknown) {
            pending.clear(); // They may be part of the table.
            throw unknown;
        } finally {
            if (!done) {
                removePending();
            }
        }
        return report();
    }

    private void writeAll(List<PlannedOutput> outputs, List<MergedMetrics> metrics) {
        int groups =
                (int) outputs.stream().mapToInt(PlannedOutput::group).distinct().count();
        int groupsACommit = Math.max(1, (groups + options.maxCommits() - 1) / options.maxCommits());
        int groupsPending = 0;
        for (int i = 0; i < outputs.size(); i++) {
            PlannedOutput output = outputs.get(i);
            write(output, metrics.get(i));
            listener.written(i + 1, outputs.size());
            boolean groupEnds = i + 1 == outputs.size() || outputs.get(i + 1).group() != output.group();
            groupsPending += groupEnds ? 1 : 0;
            if (options.partialProgress() && groupEnds && groupsPending >= groupsACommit) {
                commit();
                groupsPending = 0;
            }
        }
        commit();
    }

    private void write(PlannedOutput output, MergedMetrics metrics) {
        try {
            WrittenOutput written = writer.write(output, metrics);
            if (written != null) {
                totals.traffic = totals.traffic.plus(written.report().traffic());
                pending.add(written);
            }
        } catch (GlulamException failure) {
            if (!options.partialProgress() || isInterruption()) {
                throw failure;
            }
            totals.failed += output.files().size();
            notes.add("files of " + describe(output) + " were not merged: " + failure.getMessage());
        }
    }

    private static boolean isInterruption() {
        return Thread.currentThread().isInterrupted();
    }

    private static String describe(PlannedOutput output) {
        return output.partitionName().isEmpty() ? "the table" : output.partitionName();
    }

    private void commit() {
        if (pending.isEmpty()) {
            return;
        }
        long snapshot;
        try {
            snapshot = committer.commit(
                    pending.stream().map(WrittenOutput::replacement).toList(), runId + "-" + snapshots.size());
        } catch (SourceChanged | StorageFailed failure) {
            if (!options.partialProgress() || ++failedCommits > options.maxFailedCommits()) {
                throw failure;
            }
            pending.forEach(output -> totals.failed += output.planned().files().size());
            notes.add("a commit failed, and others went on: " + failure.getMessage());
            removePending();
            return;
        }
        pending.forEach(totals::add);
        pending.clear();
        snapshots.add(snapshot);
        listener.committed(snapshot);
    }

    /** Removes new files that no commit holds; one that cannot be removed is named. */
    private void removePending() {
        for (WrittenOutput output : pending) {
            StoredObject object = output.object();
            try {
                if (object.store() instanceof ObjectRemover remover) {
                    remover.delete(object.key());
                }
            } catch (GlulamException failure) {
                notes.add("a new file that was not committed stays: " + object.name());
            }
        }
        pending.clear();
    }

    private TableReport report() {
        long moved = totals.addedBytes - totals.remapped - totals.recoded;
        return new TableReport(
                plan.summary().withLeft(plan.left().files()),
                snapshots.isEmpty() ? Outcome.ALL_LEFT : Outcome.COMPACTED,
                new Counts(totals.rewritten, totals.added, totals.rewrittenBytes, totals.failed, 0),
                new MovedBytes(moved, totals.remapped, totals.recoded, totals.addedBytes),
                totals.traffic,
                snapshots,
                totals.rewrittenBytes,
                "",
                notes);
    }
}
