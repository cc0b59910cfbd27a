package io.glulam.tables.delta.rewrite;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.error.Unsupported;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.Traffic;
import io.glulam.tables.CommitStateUnknown;
import io.glulam.tables.Outcome;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.delta.engine.LogStore;
import io.glulam.tables.delta.files.TableFolder;
import io.glulam.tables.delta.log.DeltaLog;
import io.glulam.tables.delta.plan.DeltaOptions;
import io.glulam.tables.delta.plan.DeltaPlan;
import io.glulam.tables.delta.plan.MergeGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One compaction: writes the new files, then commits them. */
public final class DeltaCompaction {
    private final TableAddress.Delta address;
    private final TableFolder folder;
    private final DeltaLog log;
    private final OutputRunner runner;
    private final TableListener listener;
    private final List<WrittenFile> pending = new ArrayList<>();
    private final List<WrittenFile> committed = new ArrayList<>();
    private final List<Long> versions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable GlulamException refusal;
    private int jobCount;
    private int jobsDone;
    private int failedFiles;
    private int failedCommits;

    public DeltaCompaction(
            TableAddress.Delta address, TableFolder folder, DeltaLog log, OutputRunner runner, TableListener listener) {
        this.address = address;
        this.folder = folder;
        this.log = log;
        this.runner = runner;
        this.listener = listener;
    }

    /**
     * Carries out a plan.
     *
     * @throws GlulamException if it fails; with partial progress what was committed before stays committed
     * @throws CommitStateUnknown if no answer tells whether the new files were committed; they stay then
     */
    public TableReport run(DeltaPlan plan, DeltaOptions given) {
        if (plan.groups().isEmpty()) {
            return report(plan, plan.shown().outcome());
        }
        try {
            write(plan, given);
            commit(plan, given);
            return report(plan, versions.isEmpty() ? Outcome.ALL_LEFT : Outcome.COMPACTED);
        } catch (LogStore.UnknownWrite unknown) {
            List<String> names =
                    pending.stream().map(file -> file.object().name()).toList();
            throw new CommitStateUnknown(address, names, unknown);
        } catch (GlulamException failure) {
            removePending(failure);
            throw failure;
        }
    }

    private void write(DeltaPlan plan, DeltaOptions given) {
        List<MergeGroup> planned = plan.groups();
        listener.planned(
                planned.stream().mapToInt(group -> group.files().size()).sum(), planned.size());
        Wave wave = new Wave(plan, given, planned);
        while (!wave.jobs.isEmpty()) {
            runner.run(wave.jobs, wave);
            wave = new Wave(plan, given, wave.divided);
        }
        if (pending.isEmpty() && versions.isEmpty() && refusal != null) {
            throw refusal;
        }
    }

    /** Groups whose files are written; those of their files that have another physical form make the next wave. */
    private final class Wave implements OutputRunner.Sink {
        private final DeltaPlan plan;
        private final DeltaOptions given;
        private final int groupsACommit;
        private final Map<Integer, MergeGroup> groups = new HashMap<>();
        private final List<OutputJob> jobs = new ArrayList<>();
        private final List<MergeGroup> divided = new ArrayList<>();

        Wave(DeltaPlan plan, DeltaOptions given, List<MergeGroup> wanted) {
            this.plan = plan;
            this.given = given;
            this.groupsACommit = Math.max(1, (plan.groups().size() + given.maxCommits() - 1) / given.maxCommits());
            for (MergeGroup group : wanted) {
                groups.put(jobCount, group);
                jobs.add(OutputJob.of(jobCount++, group));
            }
        }

        @Override
        public void written(OutputJob job, OutputResult result) {
            MergeGroup group = Objects.requireNonNull(groups.get(job.index()));
            OutputResult.NewFile file = result.file();
            if (file != null) {
                pending.add(WrittenFile.of(group.part(result.merged()), file, folder));
            }
            result.others().forEach(positions -> divided.add(group.part(positions)));
            notes.addAll(result.left());
            ended();
        }

        @Override
        public void failed(OutputJob job, GlulamException failure) {
            boolean refused = failure instanceof Unsupported || failure instanceof CorruptFile;
            if (!refused && (!given.partialProgress() || Thread.currentThread().isInterrupted())) {
                throw failure;
            }
            failedFiles += job.sources().size();
            notes.add((refused ? "a group was left as it is: " : "a group was not merged: ") + failure.getMessage());
            refusal = refusal == null ? failure : refusal;
            ended();
        }

        private void ended() {
            listener.written(++jobsDone, Math.max(jobCount, plan.groups().size()));
            if (given.partialProgress() && pending.size() >= groupsACommit) {
                commit(plan, given);
            }
        }
    }

    private void commit(DeltaPlan plan, DeltaOptions given) {
        if (pending.isEmpty()) {
            return;
        }
        List<NewFile> files = pending.stream().map(WrittenFile::file).toList();
        DeltaLog.Committed done;
        try {
            done = new TableCommit(log, address.toString(), plan.version(), files, null)
                    .commit(versions.isEmpty() ? plan.version() : log.newest());
        } catch (SourceChanged failure) {
            if (!given.partialProgress() || ++failedCommits > given.maxFailedCommits()) {
                throw failure;
            }
            pending.forEach(file -> failedFiles += file.group().files().size());
            notes.add("a commit failed, and others went on: " + failure.getMessage());
            removePending(failure);
            return;
        }
        if (done.note() != null) {
            notes.add(done.note());
        }
        committed.addAll(pending);
        pending.clear();
        versions.add(done.version());
        listener.committed(done.version());
    }

    /** These were not committed, so that no reader knows of them. */
    private void removePending(GlulamException failure) {
        for (WrittenFile file : pending) {
            try {
                ObjectRemover.deleteIfAble(file.object());
            } catch (GlulamException e) {
                failure.addSuppressed(e);
            }
        }
        pending.clear();
    }

    private TableReport report(DeltaPlan plan, Outcome outcome) {
        Traffic traffic = plan.looks().traffic();
        int rewritten = 0;
        long rewrittenBytes = 0;
        long remapped = 0;
        long recoded = 0;
        long added = 0;
        int vectors = 0;
        TableReport.AppliedDeletes deletes = TableReport.AppliedDeletes.NONE;
        for (WrittenFile file : committed) {
            traffic = traffic.plus(file.traffic());
            rewritten += file.group().files().size();
            rewrittenBytes += file.group().bytes();
            vectors += file.group().vectors();
            deletes = deletes.plus(file.deletes());
            added += file.made().added();
            remapped += file.made().remapped();
            recoded += file.made().recoded();
        }
        return new TableReport(
                plan.shown(),
                outcome,
                new TableReport.Counts(rewritten, committed.size(), rewrittenBytes, failedFiles, vectors),
                new TableReport.MovedBytes(added - remapped - recoded, remapped, recoded, added),
                deletes,
                traffic,
                versions,
                rewrittenBytes,
                versions.isEmpty() ? "" : "VACUUM " + folder.sqlName(),
                notes);
    }
}
