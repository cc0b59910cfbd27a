package io.glulam;

import io.glulam.local.LocalStore;
import io.glulam.plan.Plan;
import io.glulam.storage.StoredObject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One compaction to be run.
 *
 * @param source the object to compact
 * @param target where the result is published; null to replace the source
 * @param plan made before; null to plan as part of the run
 */
public record Job(
        StoredObject source,
        @Nullable StoredObject target,
        @Nullable Plan plan) {
    /** Compacts an object into a new one; with nothing to do, that is a copy. */
    public static Job of(StoredObject source, StoredObject target) {
        return new Job(source, target, null);
    }

    /** As {@link #of(StoredObject, StoredObject)}, for local files. */
    public static Job of(Path source, Path target) {
        return of(LocalStore.object(source), LocalStore.object(target));
    }

    /** Replaces an object by its compaction; with nothing to do, it is not touched. */
    public static Job inPlace(StoredObject source) {
        return new Job(source, null, null);
    }

    /** As {@link #inPlace(StoredObject)}, for a local file. */
    public static Job inPlace(Path source) {
        return inPlace(LocalStore.object(source));
    }

    /** Returns the same job by a plan that was made before. */
    public Job withPlan(Plan other) {
        return new Job(source, target, other);
    }

    /** Returns where the result is published: the target or, if there is none, the source. */
    public StoredObject published() {
        return target == null ? source : target;
    }
}
