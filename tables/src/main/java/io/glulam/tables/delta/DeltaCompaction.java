package io.glulam.tables.delta;

import io.glulam.CompactionOptions;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
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
    private final List<WrittenFile> written = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int failedFiles;

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
     * @throws CommitStateUnknown if no answer tells whether the new files were committed; they stay then
     */
    TableReport run(DeltaPlan plan) {
        if (plan.groups().isEmpty()) {
            return report(plan, plan.shown().outcome(), List.of());
        }
        try {
            write(plan);
            if (written.isEmpty()) {
                return report(plan, Outcome.ALL_LEFT, List.of());
            }
            DeltaLog.Committed committed = new TableCommit(
                            log,
                            address.toString(),
                            plan.version(),
                            written.stream().map(WrittenFile::file).toList(),
                            null)
                    .commit();
            if (committed.note() != null) {
                notes.add(committed.note());
            }
            listener.committed(committed.version());
            return report(plan, Outcome.COMPACTED, List.of(committed.version()));
        } catch (LogStore.UnknownWrite unknown) {
            List<String> names =
                    written.stream().map(file -> file.object().name()).toList();
            throw new CommitStateUnknown(address, names, unknown);
        } catch (GlulamException failure) {
            removeWritten(failure);
            throw failure;
        }
    }

    private void write(DeltaPlan plan) {
        GroupMerger merger = new GroupMerger(folder, plan.version(), plan.looks(), options);
        List<MergeGroup> groups = groups(plan, notes);
        listener.planned(groups.stream().mapToInt(group -> group.files().size()).sum(), groups.size());
        GlulamException first = null;
        for (int i = 0; i < groups.size(); i++) {
            try {
                written.add(merger.write(groups.get(i), i));
            } catch (Unsupported | CorruptFile failure) {
                failedFiles += groups.get(i).files().size();
                notes.add("a group was left as it is: " + failure.getMessage());
                first = first == null ? failure : first;
            }
            listener.written(i + 1, groups.size());
        }
        if (written.isEmpty() && first != null) {
            throw first;
        }
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

    /** Nothing was committed, so that no reader knows of the new files. */
    private void removeWritten(GlulamException failure) {
        if (folder.store().store() instanceof ObjectRemover remover) {
            for (WrittenFile file : written) {
                try {
                    remover.delete(file.object().key());
                } catch (GlulamException e) {
                    failure.addSuppressed(e);
                }
            }
        }
    }

    private TableReport report(DeltaPlan plan, Outcome outcome, List<Long> versions) {
        Traffic traffic = plan.looks().traffic();
        int rewritten = 0;
        long rewrittenBytes = 0;
        long remapped = 0;
        long recoded = 0;
        long added = 0;
        for (WrittenFile file : written) {
            traffic = traffic.plus(file.report().traffic());
            rewritten += file.group().files().size();
            rewrittenBytes += file.group().bytes();
            added += file.report().bytes();
            remapped += file.bytes().remapped();
            recoded += file.bytes().recoded();
        }
        return new TableReport(
                plan.shown(),
                outcome,
                new TableReport.Counts(rewritten, written.size(), rewrittenBytes, failedFiles, 0),
                new TableReport.MovedBytes(added - remapped - recoded, remapped, recoded, added),
                traffic,
                versions,
                rewrittenBytes,
                versions.isEmpty() ? "" : "VACUUM " + folder.sqlName(),
                notes);
    }
}
