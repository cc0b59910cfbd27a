package io.glulam.tables.iceberg.rewrite;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.tables.CommitStateUnknown;
import io.glulam.tables.TableAddress;
import io.glulam.tables.iceberg.plan.DeleteReach;
import io.glulam.tables.iceberg.plan.RewritePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;

/** Commits outputs by Iceberg's {@code RewriteFiles}, which validates against commits that came meanwhile and retries. */
final class RewriteCommitter {
    /** The snapshot property by which a commit whose answer was lost is found. */
    private static final String RUN = "glulam.run";

    private final Table table;
    private final TableAddress address;
    private final RewritePlan plan;
    private final @Nullable String branch;

    /** Of each delete file, the number of files that it applied to and that were replaced. */
    private final Map<String, Integer> applied = new HashMap<>();

    private int removedDeletes;
    private final Map<String, String> properties;

    /**
     * @param plan its snapshot's sequence number is that of the new files: deletes that were written later apply to them, too
     * @param branch null for the main branch
     * @param properties of the snapshots
     */
    RewriteCommitter(
            Table table,
            TableAddress address,
            RewritePlan plan,
            @Nullable String branch,
            Map<String, String> properties) {
        this.table = table;
        this.address = address;
        this.plan = plan;
        this.branch = branch;
        this.properties = Map.copyOf(properties);
    }

    /**
     * Commits.
     *
     * @param run a text of which no other commit has the same
     * @return the new snapshot
     * @throws SourceChanged if a commit that came meanwhile conflicts; nothing was committed
     * @throws StorageFailed if the catalog refused; nothing was committed
     * @throws CommitStateUnknown if it cannot be told whether it was committed
     */
    long commit(List<Replacement> replacements, String run) {
        RewriteFiles rewrite =
                table.newRewrite().validateFromSnapshot(plan.snapshotId()).dataSequenceNumber(plan.sequenceNumber());
        for (Replacement replacement : replacements) {
            replacement.sources().forEach(rewrite::deleteFile);
            rewrite.addFile(replacement.file());
        }
        properties.forEach(rewrite::set);
        Map<String, Integer> uses = new HashMap<>(applied);
        List<DeleteFile> removable = removable(replacements, uses);
        removable.forEach(rewrite::deleteFile);
        rewrite.set(RUN, run);
        if (branch != null) {
            rewrite.toBranch(branch);
        }
        RuntimeException failure = null;
        try {
            rewrite.commit();
        } catch (RuntimeException e) {
            failure = e;
        }
        Long found = find(replacements, run, failure);
        if (found != null) {
            committed(uses, removable);
            return found;
        }
        if (failure instanceof ValidationException || failure instanceof CommitFailedException) {
            throw new SourceChanged(
                    Place.of(address.toString()),
                    "a concurrent commit conflicts: " + firstLine(failure),
                    "nothing was published; run again");
        }
        if (failure instanceof CleanableFailure) {
            throw refused(failure);
        }
        throw unknown(replacements, failure);
    }

    /**
     * The delete files that apply to no live file any more once these are replaced.
     *
     * @param uses of each delete file, how many files it applied to that were replaced; these ones are added
     */
    private List<DeleteFile> removable(List<Replacement> replacements, Map<String, Integer> uses) {
        List<DeleteFile> removable = new ArrayList<>();
        for (Replacement replacement : replacements) {
            for (DeleteFile delete : replacement.deletes()) {
                if (uses.merge(DeleteReach.key(delete), 1, Integer::sum)
                        == plan.reach().of(delete)) {
                    removable.add(delete);
                }
            }
        }
        return removable;
    }

    private void committed(Map<String, Integer> uses, List<DeleteFile> removed) {
        applied.putAll(uses);
        removedDeletes += removed.size();
    }

    /** Returns the number of delete files that were removed. */
    int removedDeletes() {
        return removedDeletes;
    }

    private CommitStateUnknown unknown(List<Replacement> replacements, @Nullable RuntimeException failure) {
        return new CommitStateUnknown(
                address,
                replacements.stream()
                        .map(replacement -> replacement.file().location())
                        .toList(),
                failure == null ? new IllegalStateException("the committed snapshot is not found") : failure);
    }

    private GlulamException refused(RuntimeException failure) {
        return new StorageFailed(
                StorageFailed.Kind.DENIED,
                Place.of(address.toString()),
                "the catalog refused the commit: " + firstLine(failure),
                "nothing was published",
                false,
                failure);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /**
     * Looks for a commit in the table's present state, whatever the catalog said: a conflict can be that with our own
     * commit, whose answer was lost and which a proxy or a pool of connections tried again.
     *
     * @return null if it is not there
     * @throws CommitStateUnknown if the catalog does not answer
     */
    private @Nullable Long find(List<Replacement> replacements, String run, @Nullable RuntimeException failure) {
        try {
            // After a commit that was answered, Iceberg has read the table's state already.
            Long known = failure == null ? known(table, run) : null;
            return known == null ? find(table, run) : known;
        } catch (RuntimeException e) {
            throw unknown(replacements, failure == null ? e : failure);
        }
    }

    /** Looks for a commit in the table's present state; null if it is not there. Throws what the catalog throws. */
    static @Nullable Long find(Table table, String run) {
        table.refresh();
        return known(table, run);
    }

    private static @Nullable Long known(Table table, String run) {
        for (Snapshot snapshot : table.snapshots()) {
            if (run.equals(snapshot.summary().get(RUN))) {
                return snapshot.snapshotId();
            }
        }
        return null;
    }
}
