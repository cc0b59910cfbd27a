package io.glulam;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectLister.Seen;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.Traffic;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A look whether the name of a new object is free, beside the caller, which reads and plans meanwhile. Only a store that publishes
 * on the condition that nothing is there is asked so early; every other one looks when the object is begun.
 */
final class TargetLook implements AutoCloseable {
    private final @Nullable ObjectRef target;
    private final @Nullable FutureTask<Seen> look;

    private TargetLook(@Nullable ObjectRef target, @Nullable FutureTask<Seen> look) {
        this.target = target;
        this.look = look;
    }

    /**
     * Begins to look.
     *
     * @param target where a new object is to be; null for none
     * @param options of the run, which may allow that something is there
     */
    static TargetLook begin(@Nullable ObjectRef target, CompactionOptions options) {
        if (target == null || options.overwrite() || !(target.store() instanceof ObjectLister lister)) {
            return new TargetLook(target, null);
        }
        StoreCapabilities store = target.store().capabilities();
        if (!store.remote() || !store.conditionalPublish()) {
            return new TargetLook(target, null);
        }
        FutureTask<Seen> look = new FutureTask<>(() -> lister.see(target.key()));
        DaemonThreads.of(look, "glulam-target").start();
        return new TargetLook(target, look);
    }

    /** Returns whether the store is asked. */
    boolean isAsked() {
        return look != null;
    }

    /**
     * Waits for the answer, if the store is asked.
     *
     * @return the requests that looking took
     * @throws StorageFailed if something is there, or the store does not answer
     */
    Traffic requireFree() {
        if (look == null || target == null) {
            return Traffic.NONE;
        }
        Place place = Place.of(target.name());
        Seen seen = DaemonThreads.result(look, place);
        if (seen.facts() != null) {
            throw new StorageFailed(StorageFailed.Kind.EXISTS, place, "the object exists", Remedy.OVERWRITE.text());
        }
        return seen.traffic();
    }

    /** Waits for the answer, on which nothing depends where nothing is written, and returns the requests that looking took. */
    Traffic traffic() {
        if (look == null || target == null) {
            return Traffic.NONE;
        }
        try {
            return DaemonThreads.result(look, Place.of(target.name())).traffic();
        } catch (StorageFailed noAnswer) {
            return Traffic.NONE;
        }
    }

    /** Ends the look, if it is still under way. */
    @Override
    public void close() {
        if (look != null) {
            look.cancel(true);
        }
    }
}
