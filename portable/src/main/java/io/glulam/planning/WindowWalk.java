package io.glulam.planning;

import io.glulam.source.FragmentChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The way to the windows of a column's sample. Holds the fragments of one merged row group at a time. Not thread-safe. */
final class WindowWalk {
    private final List<ColumnExtent> groups;
    private final IntFunction<List<FragmentChunk>> fragments;
    private final int windowValues;
    private int heldGroup = -1;
    private List<FragmentChunk> held = List.of();
    /** Values between the beginning of the window's first fragment and the window. */
    private long skip;

    /**
     * @param groups what is known of the column in each merged row group
     * @param fragments the column's chunks of a merged row group, by its number
     * @param windowValues values of a window
     */
    WindowWalk(List<ColumnExtent> groups, IntFunction<List<FragmentChunk>> fragments, int windowValues) {
        this.groups = groups;
        this.fragments = fragments;
        this.windowValues = windowValues;
    }

    private List<FragmentChunk> of(int group) {
        if (heldGroup != group) {
            held = fragments.apply(group);
            heldGroup = group;
        }
        return held;
    }

    /** The first fragment. */
    List<FragmentChunk> first() {
        return of(0).subList(0, 1);
    }

    /** The fragments of the window that begins at that value. */
    List<FragmentChunk> window(long start) {
        int group = 0;
        skip = start;
        while (skip >= groups.get(group).values()) {
            skip -= groups.get(group++).values();
        }
        int fragment = 0;
        while (skip >= of(group).get(fragment).chunk().valueCount()) {
            skip -= of(group).get(fragment++).chunk().valueCount();
        }
        if (skip > 0 && of(group).get(fragment).chunk().valueCount() <= windowValues) {
            skip = 0; // Small fragments are taken from their beginning, so that no page is read in vain.
        }
        List<FragmentChunk> window = new ArrayList<>();
        long available = -skip;
        while (group < groups.size() && (window.isEmpty() || available < windowValues)) {
            FragmentChunk next = of(group).get(fragment++);
            window.add(next);
            available += next.chunk().valueCount();
            if (fragment == of(group).size()) {
                group++;
                fragment = 0;
            }
        }
        return window;
    }

    /** Values to skip of the last window. */
    long skip() {
        return skip;
    }
}
