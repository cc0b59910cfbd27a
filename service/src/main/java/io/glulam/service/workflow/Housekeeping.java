package io.glulam.service.workflow;

import io.glulam.error.GlulamException;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.Leftovers;
import io.glulam.service.ledger.Leftovers.Leftover;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done from time to time: carries on what nobody is there for, deletes what has had its time. */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int MOST_AT_ONCE = 100;

    private final Ledger ledger;
    private final Leftovers leftovers;
    private final UploadRecord uploads;
    private final Bucket bucket;
    private final Engine engine;
    private final Duration retention;
    private final Clock clock;

    Housekeeping(
            Ledger ledger,
            Leftovers leftovers,
            UploadRecord uploads,
            Bucket bucket,
            Engine engine,
            Duration retention,
            Clock clock) {
        this.ledger = ledger;
        this.leftovers = leftovers;
        this.uploads = uploads;
        this.bucket = bucket;
        this.engine = engine;
        this.retention = retention;
        this.clock = clock;
    }

    /** Schedules instances that a crash has left without a task. */
    void reconcile() {
        try {
            ledger.orphans().forEach(engine::schedule);
        } catch (RuntimeException e) {
            LOG.warn("instances cannot be looked through: {}", e.getMessage());
        }
    }

    /** Deletes old instances, uploads of dead runs, backups and objects that were moved away from. */
    void sweep() {
        try {
            ledger.purge(retention);
            uploads.removeAbandoned(MOST_AT_ONCE);
            leftovers.due(clock.instant(), MOST_AT_ONCE).forEach(this::delete);
        } catch (RuntimeException e) {
            LOG.warn("leftovers cannot be deleted: {}", e.getMessage());
        }
    }

    private void delete(Leftover leftover) {
        try {
            if (leftover.version().isEmpty() || isUnchanged(leftover)) {
                bucket.delete(leftover.key());
                LOG.info("deleted {}", leftover.key());
            }
            leftovers.remove(leftover.key());
        } catch (GlulamException e) {
            LOG.warn("{} cannot be deleted: {}", leftover.key(), e.getMessage());
        }
    }

    /** Whether the object still is what was left; a missing one is, too. */
    private boolean isUnchanged(Leftover leftover) {
        return bucket.find(leftover.key())
                .map(head -> head.version().equals(leftover.version()))
                .orElse(true);
    }
}
