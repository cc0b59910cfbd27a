package io.glulam.manifest;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.Traffic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to a folder, for a while. Each lease is an object of its own, whose name ends with the fencing number;
 * it is created only if there is none. So of all runs that take a number one gets it, and a run that was thought dead finds
 * the next number taken. A timer extends the lease while the run goes on. Thread-safe.
 */
public final class Lease implements AutoCloseable {
    /** How long a run that has died keeps others waiting. */
    public static final Duration DURATION = Duration.ofSeconds(60);

    private static final String NAME = "_glulam_lease_";
    private static final int MAX_BYTES = 4096;

    private final ObjectRef folder;
    private final Clock clock;
    private final RecordObject object;
    private final ScheduledExecutorService timer;
    private @Nullable Future<?> renewal;
    private LeaseRecord record;
    private boolean lost;
    private Traffic traffic;

    private Lease(ObjectRef folder, Clock clock, RecordObject object, LeaseRecord record, Traffic taking) {
        this.traffic = taking;
        this.folder = folder;
        this.clock = clock;
        this.object = object;
        this.record = record;
        this.timer = DaemonThreads.timer("glulam-lease");
    }

    /**
     * Takes the lease of a folder.
     *
     * @param folder its key ends with a slash, or is empty
     * @param lastFence the largest number that is known to have been given
     * @throws StorageFailed if another run holds it
     * @throws Unsupported if the store cannot create an object only where there is none
     */
    public static Lease take(ObjectRef folder, long lastFence, Clock clock) {
        if (!folder.store().capabilities().conditionalPublish() || !(folder.store() instanceof ObjectLister)) {
            throw new Unsupported(
                    Place.of(folder.name()),
                    "the store cannot create an object only where there is none, so two runs could write at once",
                    "name a folder in another store as OUT");
        }
        List<Long> fences = new ArrayList<>();
        Traffic taking = list(folder, fences);
        long last = fences.stream().mapToLong(fence -> fence).max().orElse(0);
        if (last > 0) {
            taking = taking.plus(requireOver(folder, last, clock.instant()));
        }
        long fence = Math.max(last, lastFence) + 1;
        LeaseRecord record =
                new LeaseRecord(UUID.randomUUID().toString(), clock.instant().plus(DURATION), fence);
        RecordObject object = new RecordObject(object(folder, fence));
        try {
            object.write(record::write);
        } catch (StorageFailed failure) {
            throw failure.kind() == StorageFailed.Kind.EXISTS ? heldByAnother(folder, null) : failure;
        }
        Lease lease = new Lease(folder, clock, object, record, taking);
        long period = DURATION.toMillis() / 3;
        lease.renewal = lease.timer.scheduleWithFixedDelay(lease::extendQuietly, period, period, TimeUnit.MILLISECONDS);
        lease.removeOlder(fences);
        return lease;
    }

    private static ObjectRef object(ObjectRef folder, long fence) {
        return folder.sibling(folder.key() + NAME + String.format(Locale.ROOT, "%08d.json", fence));
    }

    /** Adds the numbers of all leases of a folder. */
    private static Traffic list(ObjectRef folder, List<Long> fences) {
        String prefix = folder.key() + NAME;
        return ((ObjectLister) folder.store()).list(prefix, facts -> {
            String number = facts.key().substring(prefix.length()).replace(".json", "");
            if (number.matches("\\d{8,18}")) {
                fences.add(Long.parseLong(number));
            }
            return true;
        });
    }

    private static Traffic requireOver(ObjectRef folder, long fence, Instant now) {
        try (RecordObject object = new RecordObject(object(folder, fence))) {
            LeaseRecord record = object.read(MAX_BYTES, json -> LeaseRecord.fromJson(object.name(), json));
            if (record != null && now.isBefore(record.expires())) {
                throw heldByAnother(folder, record.expires());
            }
            return object.traffic();
        }
    }

    private static StorageFailed heldByAnother(ObjectRef folder, @Nullable Instant expires) {
        return new StorageFailed(
                StorageFailed.Kind.HELD,
                Place.of(folder.name()),
                "another run is writing to this folder, or has died there",
                expires == null ? "run again" : "run again after " + expires + ", when its lease ends",
                true,
                null);
    }

    private synchronized void removeOlder(List<Long> fences) {
        for (long fence : fences) {
            traffic = traffic.plus(ObjectRemover.deleteIfAble(object(folder, fence)));
        }
    }

    /** The requests so far; all of them once the lease is closed. */
    public synchronized Traffic traffic() {
        return traffic.plus(object.traffic());
    }

    /** The fencing number. */
    public synchronized long fence() {
        return record.fence();
    }

    /**
     * Makes sure that no other run has taken over; called before each step that others would see.
     *
     * @throws SourceChanged if one has
     */
    public synchronized void require() {
        if (lost || !clock.instant().isBefore(record.expires())) {
            extend();
        }
        if (isSuperseded()) {
            throw lost();
        }
    }

    private boolean isSuperseded() {
        String next = object(folder, record.fence() + 1).key();
        ObjectLister.Search search = ((ObjectLister) folder.store()).find(next);
        traffic = traffic.plus(search.traffic());
        return search.key() != null;
    }

    private synchronized void extend() {
        LeaseRecord longer = record.until(clock.instant().plus(DURATION));
        try {
            object.write(longer::write);
        } catch (SourceChanged changed) {
            throw lost();
        } catch (StorageFailed failure) {
            if (failure.kind() == StorageFailed.Kind.EXISTS || failure.kind() == StorageFailed.Kind.MISSING) {
                throw lost();
            }
            throw failure;
        }
        record = longer;
    }

    private SourceChanged lost() {
        lost = true;
        return new SourceChanged(
                Place.of(folder.name()),
                "this run's lease of the folder has ended, and another run has taken over",
                "nothing more was done; the other run goes on with what this one has left");
    }

    /** A failure may pass; if it does not, {@link #require} tells. */
    private void extendQuietly() {
        try {
            extend();
        } catch (GlulamException failure) {
            // The lease goes on until it ends.
        }
    }

    /** Gives the lease back, so that the next run need not wait. */
    @Override
    public void close() {
        if (renewal != null) {
            renewal.cancel(false);
        }
        timer.shutdownNow();
        synchronized (this) {
            try (object) {
                if (!lost) {
                    object.write(record.until(Instant.EPOCH)::write);
                }
            } catch (GlulamException failure) {
                // It ends by itself, or another run has it.
            }
        }
    }
}
