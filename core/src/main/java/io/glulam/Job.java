package io.glulam;

import io.glulam.local.LocalStore;
import io.glulam.plan.Plan;
import io.glulam.storage.ObjectRef;
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
        ObjectRef source,
        @Nullable ObjectRef target,
        @Nullable Plan plan) {
    /** Compacts an object into a new one; with nothing to do, that is a copy. */
    public static Job of(ObjectRef source, ObjectRef target) {
        return new Job(source, target, null);
    }

    /** As {@link #of(ObjectRef, ObjectRef)}, for local files. */
    public static Job of(Path source, Path target) {
        return of(LocalStore.object(source), LocalStore.object(target));
    }

    /** Replaces an object by its compaction; with nothing to do, it is not touched. */
    public static Job inPlace(ObjectRef source) {
        return new Job(source, null, null);
    }

    /** As {@link #inPlace(ObjectRef)}, for a local file. */
    public static Job inPlace(Path source) {
        return inPlace(LocalStore.object(source));
    }

    /** Returns the same job by a plan that was made before. */
    public Job withPlan(Plan other) {
        return new Job(source, target, other);
    }

    /** Returns where the result is published: the target or, if there is none, the source. */
    public ObjectRef published() {
        return target == null ? source : target;
    }
}
