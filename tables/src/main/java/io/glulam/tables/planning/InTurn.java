package io.glulam.tables.planning;

import java.util.ArrayList;
import java.util.List;

/** An order in which a limit on the number of files samples each of several groups. */
public final class InTurn {
    private InTurn() {}

    /** Returns the first of each group, then the second of each, and so on; groups may differ in length. */
    public static <T> List<T> of(List<List<T>> groups) {
        List<T> all = new ArrayList<>();
        List<List<T>> longer = new ArrayList<>(groups);
        for (int i = 0; !longer.isEmpty(); i++) {
            int index = i;
            longer.removeIf(group -> group.size() <= index);
            longer.forEach(group -> all.add(group.get(index)));
        }
        return all;
    }
}
