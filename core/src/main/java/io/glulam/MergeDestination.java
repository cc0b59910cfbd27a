package io.glulam;

import io.glulam.inputs.Candidate;
import io.glulam.join.Input;
import io.glulam.merge.InputGroup;
import io.glulam.merge.OutputPacking.Packed;
import io.glulam.storage.ObjectRef;

/** Where the outputs of one merge go, and what is there already. Not thread-safe. */
interface MergeDestination {
    /** Names the next output; called once for each, before it is written. */
    ObjectRef next(InputGroup group, Packed packed);

    /** Hears that an output is published; outputs are in the order in which they were named. */
    default void written() {}

    /** Returns how many row groups of an input are in outputs already, from the first one on. */
    default int rowGroupsDone(Candidate input) {
        return 0;
    }

    /** Returns whether every input has to be in an output, even if nothing else is gained. */
    default boolean takesAll() {
        return false;
    }

    /** Returns whether an input lies where the outputs go, so that it stays where it is if nothing of it changes. */
    default boolean holds(Input input) {
        return false;
    }
}
