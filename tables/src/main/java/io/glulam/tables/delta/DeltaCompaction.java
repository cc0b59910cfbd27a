package io.glulam.tables.delta;

import io.glulam.CompactionOptions;
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
import io.glulam.tables.delta.log.DeltaLog;
import io.glulam.tables.planning.LeftTally;
import java.util.ArrayList;
import java.util.List;

/** One compaction: writes the new files, then commits them. */
final class DeltaCompaction {
    private final TableAddress.Delta address;
    private final TableFolder folder;
    private final DeltaLog log;
    private final CompactionOptions options;
    private final TableListener listener;
    private final List<WrittenFile> pending = new ArrayList<>();
    private final List<WrittenFile> committed = new ArrayList<>();
    private final List<Long> versions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int failedFiles;
    private int failedCommits;

    DeltaCompaction(
            TableAddress.Delta address,
            TableFolder folder,
            DeltaLog log,
            CompactionOptions options,
            TableListener listener) {
        this.address = address;
        this.folder = folder;
        this.log = log;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Carries out a plan.
     *
     * @throws GlulamException if it fails; with partial progress what was committed before stays committed
     * @throws CommitStateUnknown if no answer tells whether the new files were committed; they stay then
     */
    TableReport run(DeltaPlan plan, DeltaOptions given) {
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
        GroupMerger merger = new GroupMerger(folder, log, plan.version(), plan.looks(), options);
        List<MergeGroup> groups = groups(plan, notes);
        listener.planned(groups.stream().mapToInt(group -> group.files().size()).sum(), groups.size());
        int groupsACommit = Math.max(1, (groups.size() + given.maxCommits() - 1) / given.maxCommits());
        GlulamException first = null;
        for (int i = 0; i < groups.size(); i++) {
            try {
                pending.add(merger.write(groups.get(i), i));
            } catch (Unsupported | CorruptFile failure) {
                failedFiles += groups.get(i).files().size();
                notes.add("a group was left as it is: " + failure.getMessage());
                first = first == null ? failure : first;
            }
            listener.written(i + 1, groups.size());
            if (given.partialProgress() && pending.size() >= groupsACommit) {
                commit(plan, given);
            }
        }
        if (pending.isEmpty() && versions.isEmpty() && first != null) {
            throw first;
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

    /**
     * Groups of which planning has not read the footers are divided by form now.
     *
     * @param notes hear of files that are left
     */
    static List<MergeGroup> groups(DeltaPlan plan, List<String> notes) {
        FormClasses classes = new FormClasses(plan.version(), plan.looks());
        List<MergeGroup> groups = new ArrayList<>();
        for (MergeGroup group : plan.groups()) {
            LeftTally left = new LeftTally((reason, files) -> "");
            List<List<DataFile>> divided = classes.divide(group.files(), left);
            for (List<DataFile> files : divided) {
                if (files.size() > 1 || group.files().size() == 1) {
                    groups.add(new MergeGroup(group.partition(), group.partitionName(), files));
                } else {
                    notes.add(files.get(0).path() + " was left: no other file of its group has its physical form");
                }
            }
            left.files().forEach(files -> notes.add("left: " + String.join(", ", files.examples())));
        }
        return groups;
    }

    /** These were not committed, so that no reader knows of them. */
    private void removePending(GlulamException failure) {
        if (folder.store().store() instanceof ObjectRemover remover) {
            for (WrittenFile file : pending) {
                try {
                    remover.delete(file.object().key());
                } catch (GlulamException e) {
                    failure.addSuppressed(e);
                }
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
            traffic = traffic.plus(file.report().traffic());
            rewritten += file.group().files().size();
            rewrittenBytes += file.group().bytes();
            vectors += file.group().vectors();
            deletes = deletes.plus(TableReport.AppliedDeletes.of(file.report()));
            added += file.report().bytes();
            remapped += file.bytes().remapped();
            recoded += file.bytes().recoded();
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
