package io.glulam.policy;

import io.glulam.plan.Reason;
import io.glulam.plan.Tier;

/** The decision about one column of an output row group. */
public sealed interface TierDecision {
    /** Why it is this and nothing cheaper. */
    Reason reason();

    /** The column is merged by that tier. */
    record Merge(Tier tier, Reason reason) implements TierDecision {}

    /** No tier is safe: the sources have to be kept, with all their columns. */
    record CannotMerge(Reason reason) implements TierDecision {}
}
