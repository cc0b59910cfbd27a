package io.glulam.manifest;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The results of all merges into a folder so far. Immutable.
 *
 * @param fence number of the lease under which it was written; 0 for none
 * @param outputs what was published, by name
 * @param inputs whose rows the outputs hold, by name
 * @param pending an output that may or may not have been published; null for none
 * @param journal files that are being deleted; null for none
 */
public record Manifest(
        long fence,
        Map<String, RecordedOutput> outputs,
        Map<String, RecordedInput> inputs,
        @Nullable Intent pending,
        @Nullable Journal journal) {
    /** Nothing was merged into the folder. */
    public static final Manifest EMPTY = new Manifest(0, Map.of(), Map.of(), null, null);

    public Manifest {
        outputs = Collections.unmodifiableMap(outputs);
        inputs = InputTable.of(inputs);
    }

    private InputTable table() {
        return InputTable.of(inputs);
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
            // A kept input that was copied back has its size; another size is a new file under the old name.
            return recorded.kept() > 0 && recorded.size() != size ? State.NEW : State.CHANGED;
        }
        return recorded.whole() ? State.MERGED : State.PARTLY;
    }

    /** Returns how many row groups of an input are in the folder, from the first one on. */
    public int rowGroupsOf(String name) {
        RecordedInput recorded = inputs.get(name);
        return recorded == null || recorded.kept() > 0 ? 0 : recorded.rowGroups();
    }

    /** Returns what is recorded of an input; nothing of its row groups if it is new. */
    public RecordedInput recorded(String name, long size, String version) {
        RecordedInput known = inputs.get(name);
        return known != null && known.kept() == 0
                ? known
                : new RecordedInput(name, size, RecordedInput.lasting(version), 0, false, 0, List.of());
    }

    /** Returns the same after a kept input was brought back, as this version. */
    public Manifest broughtBack(RecordedInput input, String version) {
        return new Manifest(fence, outputs, table().plus(List.of(input.broughtBack(version))), pending, journal);
    }

    /** Returns the same under another lease. */
    public Manifest withFence(long other) {
        return new Manifest(other, outputs, inputs, pending, journal);
    }

    /** Returns the same before an output is published. */
    public Manifest announcing(Intent intent) {
        return new Manifest(fence, outputs, inputs, intent, journal);
    }

    /** Returns the same once the pending output was published, as this version. */
    public Manifest settled(String version) {
        if (pending == null) {
            return this;
        }
        Map<String, RecordedOutput> moreOutputs = new LinkedHashMap<>(outputs);
        moreOutputs.put(pending.output().name(), pending.output().published(version));
        return new Manifest(fence, moreOutputs, table().plus(pending.inputs().values()), null, journal);
    }

    /** Returns the same once it is known that the pending output was not published. */
    public Manifest abandoned() {
        return new Manifest(fence, outputs, inputs, null, journal);
    }

    /**
     * Whether all rows of an output are in other outputs, so that it is an input that was merged.
     *
     * @param root the folder's name, with a slash at its end
     */
    public boolean isMergedAgain(RecordedOutput output, String root) {
        RecordedInput recorded = inputs.get(root + output.name());
        return recorded != null && recorded.whole();
    }

    /**
     * Returns the same before files are deleted. What rested on outputs that were merged again rests on the outputs that hold
     * their rows from now on.
     *
     * @param root the folder's name, with a slash at its end
     */
    public Manifest replacing(Journal newJournal, String root) {
        InputTable rested = table().mapped(input -> {
            Set<String> last = new LinkedHashSet<>();
            input.outputs().forEach(output -> addLast(output, root, last, new HashSet<>()));
            return input.in(last);
        });
        return new Manifest(fence, outputs, rested, pending, newJournal);
    }

    /** Adds the outputs that hold the rows of an output in the end; it itself if it was not merged again. */
    private void addLast(String output, String root, Set<String> last, Set<String> seen) {
        if (!seen.add(output)) {
            throw new IllegalArgumentException("outputs hold each other's rows");
        }
        RecordedInput again = inputs.get(root + output);
        if (again == null || !again.whole()) {
            last.add(output);
        } else {
            again.outputs().forEach(next -> addLast(next, root, last, seen));
        }
    }

    /**
     * Returns the same once the journal's files are gone.
     *
     * @param root the folder's name, with a slash at its end
     */
    public Manifest replaced(String root) {
        if (journal == null) {
            return this;
        }
        Map<String, RecordedOutput> leftOutputs = new LinkedHashMap<>(outputs);
        InputTable.Builder kept = new InputTable.Builder();
        for (String file : journal.files()) {
            RecordedInput recorded = inputs.get(file);
            boolean output = file.startsWith(root) && leftOutputs.remove(file.substring(root.length())) != null;
            if (recorded != null && !output && !journal.keep().isEmpty()) {
                kept.put(recorded.keptUnder(journal.fence()));
            }
        }
        InputTable left = table().without(new HashSet<>(journal.files()));
        return new Manifest(fence, leftOutputs, left.plus(kept.build().values()), pending, null);
    }
}
