package io.glulam.storage;

/** The condition on the name that is published to. */
public sealed interface PublishCondition {
    /** Nothing may be there: a file that appears meanwhile is not overwritten. */
    record Absent() implements PublishCondition {}

    /** Whatever is there is replaced. */
    record Replace() implements PublishCondition {}

    /** The object must still be the version that {@code source} is pinned to; it is replaced. */
    record Unchanged(RangeReader source) implements PublishCondition {}
}
