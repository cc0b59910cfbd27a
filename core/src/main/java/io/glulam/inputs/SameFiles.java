package io.glulam.inputs;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRef;
import java.util.Arrays;
import java.util.List;

/**
 * Refuses inputs of one group that are one file under two names: a link, or a folder that two paths lead to. Objects of remote
 * stores have one name. Holds some 20 bytes for each input. Not thread-safe.
 */
public final class SameFiles {
    private final List<Candidate> inputs;
    private final TextSet versions = new TextSet(this::text);
    private int[] added = new int[16];
    private int count;

    public SameFiles(List<Candidate> inputs) {
        this.inputs = inputs;
    }

    /**
     * Adds an input. The version of a file, which holds its inode, is the same under each of its names.
     *
     * @param number of the input; greater than that of the one before
     * @param version that was pinned
     * @throws Unsupported if an input before is the same file under another name
     */
    public void add(int number, String version) {
        Candidate input = inputs.get(number);
        if (input.object().store().capabilities().remote()) {
            return;
        }
        if (!versions.add(text(input, version))) {
            requireOther(number, input);
            return;
        }
        if (count == added.length) {
            added = Arrays.copyOf(added, 2 * count);
        }
        added[count++] = number;
    }

    private String text(int place) {
        Candidate input = inputs.get(added[place]);
        ObjectRef object = input.object();
        ObjectFacts facts = object.store() instanceof ObjectLister lister ? lister.facts(object.key()) : null;
        return facts == null ? "" : text(input, facts.version());
    }

    private static String text(Candidate input, String version) {
        return input.group() + "\n" + version;
    }

    private void requireOther(int number, Candidate input) {
        for (int before = 0; before < number; before++) {
            Candidate other = inputs.get(before);
            if (other.group().equals(input.group()) && isSame(other.object(), input.object())) {
                throw new Unsupported(
                        Place.of(input.object().name()),
                        "it is the same file as " + other.object().name() + ": its rows would be in the output twice",
                        "leave out one of the two names");
            }
        }
    }

    private static boolean isSame(ObjectRef one, ObjectRef other) {
        return one.store().equals(other.store())
                && one.store() instanceof ObjectLister lister
                && !one.fullName().equals(other.fullName())
                && lister.isSame(one.key(), other.key());
    }
}
