package io.glulam.tables.iceberg.rewrite;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.tables.CommitStateUnknown;
import io.glulam.tables.TableAddress;
import java.util.List;
import java.util.Map;
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
    private final long startSnapshot;
    private final long startSequence;
    private final @Nullable String branch;
    private final Map<String, String> properties;

    /**
     * @param startSnapshot the snapshot that was planned from
     * @param startSequence its sequence number: deletes that were written later apply to the new files, too
     * @param branch null for the main branch
     * @param properties of the snapshots
     */
    RewriteCommitter(
            Table table,
            TableAddress address,
            long startSnapshot,
            long startSequence,
            @Nullable String branch,
            Map<String, String> properties) {
        this.table = table;
        this.address = address;
        this.startSnapshot = startSnapshot;
        this.startSequence = startSequence;
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
                table.newRewrite().validateFromSnapshot(startSnapshot).dataSequenceNumber(startSequence);
        for (Replacement replacement : replacements) {
            replacement.sources().forEach(rewrite::deleteFile);
            rewrite.addFile(replacement.file());
        }
        properties.forEach(rewrite::set);
        rewrite.set(RUN, run);
        if (branch != null) {
            rewrite.toBranch(branch);
        }
        try {
            rewrite.commit();
        } catch (ValidationException | CommitFailedException conflict) {
            throw new SourceChanged(
                    Place.of(address.toString()),
                    "a concurrent commit conflicts: " + firstLine(conflict),
                    "nothing was published; run again");
        } catch (RuntimeException failure) {
            if (failure instanceof CleanableFailure) {
                throw refused(failure);
            }
            Long found = find(run);
            if (found == null) {
                throw unknown(replacements, failure);
            }
            return found;
        }
        Long found = find(run);
        if (found == null) {
            // The commit went well; only its number is not known, because the catalog does not answer any more.
            throw unknown(replacements, new IllegalStateException("the committed snapshot is not found"));
        }
        return found;
    }

    private CommitStateUnknown unknown(List<Replacement> replacements, RuntimeException failure) {
        return new CommitStateUnknown(
                address,
                replacements.stream()
                        .map(replacement -> replacement.file().location())
                        .toList(),
                failure);
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

    /** Looks for a commit in the table's present state; null if it is not there or the catalog does not answer. */
    private @Nullable Long find(String run) {
        try {
            return find(table, run);
        } catch (RuntimeException e) {
            return null; // Whatever keeps the catalog from answering, the state is unknown.
        }
    }

    /** Looks for a commit in the table's present state; null if it is not there. Throws what the catalog throws. */
    static @Nullable Long find(Table table, String run) {
        table.refresh();
        for (Snapshot snapshot : table.snapshots()) {
            if (run.equals(snapshot.summary().get(RUN))) {
                return snapshot.snapshotId();
            }
        }
        return null;
    }
}
