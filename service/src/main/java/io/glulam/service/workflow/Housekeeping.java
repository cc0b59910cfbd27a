package io.glulam.service.workflow;

import io.glulam.error.GlulamException;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.CatalogFailed;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.Leftovers;
import io.glulam.service.ledger.Leftovers.Leftover;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries on instances that no server runs, and deletes old instances, uploads and objects. Called at intervals. */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int MAX_AT_ONCE = 100;
    private static final Duration LATER = Duration.ofHours(1);

    private final Ledger ledger;
    private final Leftovers leftovers;
    private final UploadRecord uploads;
    private final Bucket bucket;
    private final Catalog catalog;
    private final InstanceScheduler scheduler;
    private final Duration retention;
    private final Clock clock;
    private final @Nullable AbandonedFiles tableFiles;

    /** @param tableFiles removes new files of tables; null where no tables are served */
    Housekeeping(
            Ledger ledger,
            Leftovers leftovers,
            UploadRecord uploads,
            Bucket bucket,
            Catalog catalog,
            InstanceScheduler scheduler,
            Duration retention,
            Clock clock,
            @Nullable AbandonedFiles tableFiles) {
        this.ledger = ledger;
        this.leftovers = leftovers;
        this.uploads = uploads;
        this.bucket = bucket;
        this.catalog = catalog;
        this.scheduler = scheduler;
        this.retention = retention;
        this.clock = clock;
        this.tableFiles = tableFiles;
    }

    /** Schedules instances that a crash has left without a task. */
    void reconcile() {
        try {
            ledger.orphans().forEach(scheduler::schedule);
        } catch (RuntimeException e) {
            LOG.warn("instances cannot be looked through: {}", e.getMessage());
        }
    }

    /** Deletes old instances, uploads of dead runs, backups and objects that were moved away from. */
    void sweep() {
        try {
            if (tableFiles != null) {
                tableFiles.sweep(MAX_AT_ONCE);
            }
            ledger.purge(retention);
            uploads.removeAbandoned(MAX_AT_ONCE);
            leftovers.due(clock.instant(), MAX_AT_ONCE).forEach(this::delete);
        } catch (RuntimeException e) {
            LOG.warn("leftovers cannot be deleted: {}", e.getMessage());
        }
    }

    /** Deletes an object; after a failure it is tried again later, since the object does no harm. */
    private void delete(Leftover leftover) {
        try {
            if (!catalog.withKeys(List.of(leftover.key())).isEmpty()) {
                LOG.warn("{} is kept: it is a dataset's object", leftover.key());
            } else if (leftover.version().isEmpty() || isUnchanged(leftover)) {
                bucket.delete(leftover.key());
                LOG.info("deleted {}", leftover.key());
            }
            leftovers.remove(leftover.key());
        } catch (GlulamException | InvalidKey | CatalogFailed e) {
            LOG.warn("{} cannot be deleted: {}", leftover.key(), e.getMessage());
            leftovers.postpone(leftover.key(), clock.instant().plus(LATER));
        }
    }

    /** Returns whether the object still has the version that was left, or is missing. */
    private boolean isUnchanged(Leftover leftover) {
        return bucket.find(leftover.key())
                .map(head -> head.version().equals(leftover.version()))
                .orElse(true);
    }
}
