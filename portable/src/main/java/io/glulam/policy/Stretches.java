package io.glulam.policy;

import io.glulam.plan.Layout;
import io.glulam.plan.Reason;
import io.glulam.plan.RowGroups;
import java.util.function.IntFunction;

/**
 * Adjacent row groups put together to stretches, which are merged further step by step. A stretch is named by the
 * index of its first row group among those with rows. All in arrays of numbers; every step takes constant time.
 */
final class Stretches {
    private final RowGroupSizes sizes;
    private final int[] sources;
    private final Limits limits;

    // Of each stretch, at its name; stale elsewhere.
    private final long[] rows;
    private final long[] bytes;
    private final int[] next;
    private final int[] previous;

    /** @param sources the row groups of the footer with rows, ascending; each becomes a stretch */
    Stretches(RowGroupSizes sizes, int[] sources, Limits limits) {
        this.sizes = sizes;
        this.sources = sources;
        this.limits = limits;
        int count = sources.length;
        rows = new long[count];
        bytes = new long[count];
        next = new int[count];
        previous = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = Limits.bounded(sizes.rows(sources[i]));
            bytes[i] = Limits.bounded(sizes.compressedSize(sources[i]));
            next[i] = i + 1;
            previous[i] = i - 1;
        }
    }

    /** The name that would follow the last stretch. */
    int end() {
        return sources.length;
    }

    int next(int stretch) {
        return next[stretch];
    }

    int previous(int stretch) {
        return previous[stretch];
    }

    long rows(int stretch) {
        return rows[stretch];
    }

    long bytes(int stretch) {
        return bytes[stretch];
    }

    long leastBytes(int stretch) {
        return limits.leastBytes(bytes[stretch], isMerged(stretch));
    }

    boolean isMerged(int stretch) {
        return next[stretch] > stretch + 1;
    }

    boolean isMovable(int stretch) {
        return isMerged(stretch) || sizes.mustKeep(sources[stretch]) == null;
    }

    /** The first source row group of a stretch. */
    int source(int stretch) {
        return sources[stretch];
    }

    void mergeWithNext(int stretch) {
        int second = next[stretch];
        rows[stretch] += rows[second];
        bytes[stretch] += bytes[second];
        next[stretch] = next[second];
        if (next[stretch] < end()) {
            previous[next[stretch]] = stretch;
        }
    }

    /** Merges the stretches from {@code from} to before {@code to} into as few as possible; none if none is saved. */
    void partition(int from, int to) {
        int count = 0;
        for (int stretch = from; stretch < to; stretch = next[stretch]) {
            count++;
        }
        if (count < 2) {
            return;
        }
        int[] names = new int[count];
        long[] itsRows = new long[count];
        long[] itsBytes = new long[count];
        int stretch = from;
        for (int i = 0; i < count; i++) {
            names[i] = stretch;
            itsRows[i] = rows[stretch];
            itsBytes[i] = bytes[stretch];
            stretch = next[stretch];
        }
        int[] ends = Partition.of(itsRows, itsBytes, 0, count, limits);
        if (ends.length == count) {
            return;
        }
        int start = 0;
        for (int end : ends) {
            for (int i = start + 1; i < end; i++) {
                mergeWithNext(names[start]);
            }
            start = end;
        }
    }

    /** @param keptFor why a stretch of a single row group is kept */
    Layout toLayout(RowGroups dropped, IntFunction<Reason> keptFor) {
        Layout.Builder layout = new Layout.Builder(sources.length);
        for (int stretch = 0; stretch < end(); stretch = next[stretch]) {
            for (int i = stretch; i < next[stretch]; i++) {
                layout.source(sources[i]);
            }
            layout.endGroup(isMerged(stretch) ? null : keptFor.apply(stretch), rows[stretch], bytes[stretch]);
        }
        return layout.build(dropped);
    }
}
