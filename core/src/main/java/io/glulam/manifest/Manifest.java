package io.glulam.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the merges into a folder have done so far. Immutable.
 *
 * @param fence number of the lease under which it was written; 0 for none
 * @param outputs what was published, by name
 * @param inputs whose rows the outputs hold, by name
 * @param pending an output that may or may not have been published; null for none
 */
public record Manifest(
        long fence,
        Map<String, RecordedOutput> outputs,
        Map<String, RecordedInput> inputs,
        @Nullable Intent pending) {
    /** Nothing was merged into the folder. */
    public static final Manifest EMPTY = new Manifest(0, Map.of(), Map.of(), null);

    public Manifest {
        outputs = Collections.unmodifiableMap(outputs);
        inputs = Collections.unmodifiableMap(inputs);
    }

    /** How far an input that was found is in the folder. */
    public enum State {
        /** No row of it. */
        NEW,
        /** Some of its row groups. */
        PARTLY,
        /** All of it. */
        MERGED,
        /** Rows of another version of it. */
        CHANGED
    }

    /** Returns how far an input that was found is in the folder. */
    public State stateOf(String name, long size, String version) {
        RecordedInput recorded = inputs.get(name);
        if (recorded == null) {
            return State.NEW;
        }
        if (!recorded.is(size, version)) {
            return State.CHANGED;
        }
        return recorded.whole() ? State.MERGED : State.PARTLY;
    }

    /** Returns how many row groups of an input are in the folder, from the first one on. */
    public int rowGroupsOf(String name) {
        RecordedInput recorded = inputs.get(name);
        return recorded == null ? 0 : recorded.rowGroups();
    }

    /** Returns what is recorded of an input; nothing of its row groups if it is new. */
    public RecordedInput recorded(String name, long size, String version) {
        RecordedInput known = inputs.get(name);
        return known != null
                ? known
                : new RecordedInput(name, size, RecordedInput.lasting(version), 0, false, List.of());
    }

    /** Returns the same under another lease. */
    public Manifest withFence(long other) {
        return new Manifest(other, outputs, inputs, pending);
    }

    /** Returns the same before an output is published. */
    public Manifest announcing(Intent intent) {
        return new Manifest(fence, outputs, inputs, intent);
    }

    /** Returns the same once the pending output was published. */
    public Manifest settled() {
        if (pending == null) {
            return this;
        }
        Map<String, RecordedOutput> moreOutputs = new LinkedHashMap<>(outputs);
        moreOutputs.put(pending.output().name(), pending.output());
        Map<String, RecordedInput> moreInputs = new LinkedHashMap<>(inputs);
        pending.inputs().forEach(input -> moreInputs.put(input.name(), input));
        return new Manifest(fence, moreOutputs, moreInputs, null);
    }

    /** Returns the same once it is known that the pending output was not published. */
    public Manifest abandoned() {
        return new Manifest(fence, outputs, inputs, null);
    }
}
