package io.glulam.merge;

import io.glulam.join.Agreement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Inputs that can be in one file, and what they agree on. Filled by an {@link InputScanner}; not thread-safe. */
public final class InputGroup {
    private final String name;
    private final Agreement agreement;
    private final List<ScannedInput> inputs = new ArrayList<>();

    InputGroup(String name, Agreement agreement) {
        this.name = name;
        this.agreement = agreement;
    }

    /** The folder of its outputs, relative to where the merge writes; empty for none. */
    public String name() {
        return name;
    }

    /** What the inputs agree on. */
    public Agreement agreement() {
        return agreement;
    }

    /** In the order of the rows. */
    public List<ScannedInput> inputs() {
        return Collections.unmodifiableList(inputs);
    }

    void add(ScannedInput input) {
        inputs.add(input);
    }

    void sort(Comparator<ScannedInput> order) {
        inputs.sort(order);
    }
}
