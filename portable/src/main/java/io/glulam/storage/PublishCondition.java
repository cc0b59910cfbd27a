package io.glulam.storage;

/** The condition on the name that is published to. */
public sealed interface PublishCondition {
    /**
     * Nothing may be there: a file that appears meanwhile is not overwritten.
     *
     * @param foundFree whether the caller has looked already, and nothing was there: a store that publishes on this condition
     *     need not look once more before it begins
     */
    record Absent(boolean foundFree) implements PublishCondition {
        /** Of a name that the caller has not looked at. */
        public Absent() {
            this(false);
        }
    }

    /** Whatever is there is replaced. */
    record Replace() implements PublishCondition {}

    /** The object must still be the version that {@code source} is pinned to; it is replaced. */
    record Unchanged(RangeReader source) implements PublishCondition {}
}
