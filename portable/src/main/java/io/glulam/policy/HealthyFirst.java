package io.glulam.policy;

import io.glulam.plan.Layout;
import io.glulam.plan.Reason;
import io.glulam.plan.RowGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The layout with the healthy row groups first, in their order, and all fragments merged after them, in theirs.
 *
 * <p>Of the merged row groups no two that may turn out to be fragments again would fit one row group, whichever of the
 * others turn out healthy and move ahead. That is why the layout of the result is empty.
 */
final class HealthyFirst {
    private final RowGroupSizes sizes;
    private final int[] nonEmpty;
    private final Limits limits;
    private final int[] fragments;
    private final long[] rows;
    private final long[] bytes;

    private HealthyFirst(RowGroupSizes sizes, int[] nonEmpty, Limits limits) {
        this.sizes = sizes;
        this.nonEmpty = nonEmpty;
        this.limits = limits;
        this.fragments = Arrays.stream(nonEmpty).filter(this::isFragment).toArray();
        this.rows = Arrays.stream(fragments)
                .mapToLong(sizes::rows)
                .map(Limits::bounded)
                .toArray();
        this.bytes = Arrays.stream(fragments)
                .mapToLong(sizes::compressedSize)
                .map(Limits::bounded)
                .toArray();
    }

    /** @param nonEmpty the row groups with rows, ascending */
    static Layout layout(RowGroupSizes sizes, int[] nonEmpty, RowGroups dropped, Limits limits) {
        return new HealthyFirst(sizes, nonEmpty, limits).layout(dropped);
    }

    private Layout layout(RowGroups dropped) {
        int[] ends = Partition.of(rows, bytes, 0, fragments.length, limits);
        return ends.length == fragments.length ? inPlace(dropped) : behindTheHealthy(ends, dropped);
    }

    private boolean isFragment(int rowGroup) {
        return sizes.mustKeep(rowGroup) == null && limits.isFragment(sizes.compressedSize(rowGroup));
    }

    private Layout inPlace(RowGroups dropped) {
        Layout.Builder layout = new Layout.Builder(nonEmpty.length);
        for (int rowGroup : nonEmpty) {
            keep(rowGroup, layout);
        }
        return layout.build(dropped);
    }

    private Layout behindTheHealthy(int[] ends, RowGroups dropped) {
        Layout.Builder layout = new Layout.Builder(nonEmpty.length);
        for (int rowGroup : nonEmpty) {
            if (!isFragment(rowGroup)) {
                keep(rowGroup, layout);
            }
        }
        Part[] parts = parts(ends);
        mergePossibleFragments(parts);
        for (Part part : parts) {
            if (part.mergedInto != null) {
                continue;
            }
            if (part.isMerged()) {
                addMerged(part, layout);
            } else {
                keep(fragments[part.from], layout);
            }
        }
        return layout.build(dropped);
    }

    private void keep(int rowGroup, Layout.Builder layout) {
        layout.source(rowGroup).endGroup(keptFor(rowGroup), sizes.rows(rowGroup), sizes.compressedSize(rowGroup));
    }

    private Reason keptFor(int rowGroup) {
        @Nullable Reason fixed = sizes.mustKeep(rowGroup);
        if (fixed != null) {
            return fixed;
        }
        if (!isFragment(rowGroup)) {
            return Reason.HEALTHY;
        }
        return fragments.length == 1 ? Reason.NOTHING_TO_MERGE_WITH : Reason.LIMITS_REACHED;
    }

    private Part[] parts(int[] ends) {
        Part[] parts = new Part[ends.length];
        int start = 0;
        for (int i = 0; i < ends.length; i++) {
            parts[i] = new Part(i, start, ends[i]);
            for (int fragment = start; fragment < ends[i]; fragment++) {
                parts[i].rows += rows[fragment];
                parts[i].bytes += bytes[fragment];
            }
            start = ends[i];
        }
        return parts;
    }

    /** Merges those with the fewest rows while two fit; by their bytes any two that may be fragments do. */
    private void mergePossibleFragments(Part[] parts) {
        PriorityQueue<Part> possible = new PriorityQueue<>(
                Comparator.<Part>comparingLong(part -> part.rows).thenComparingInt(part -> part.index));
        for (Part part : parts) {
            if (limits.isFragment(leastBytes(part))) {
                possible.add(part);
            }
        }
        while (possible.size() > 1) {
            Part first = possible.remove();
            Part second = possible.remove();
            if (!limits.fit(first.rows, leastBytes(first), second.rows, leastBytes(second))) {
                return;
            }
            Part merged = first.index < second.index ? first : second;
            merged.add(merged == first ? second : first);
            if (limits.isFragment(leastBytes(merged))) {
                possible.add(merged);
            }
        }
    }

    private long leastBytes(Part part) {
        return limits.leastBytes(part.bytes, part.isMerged());
    }

    private void addMerged(Part part, Layout.Builder layout) {
        part.stretches()
                .flatMapToInt(stretch -> Arrays.stream(fragments, stretch.from, stretch.to))
                .sorted()
                .forEach(layout::source);
        layout.endGroup(null, part.rows, part.bytes);
    }

    /** One output row group: adjacent fragments, or several such stretches. */
    private static final class Part {
        final int index;
        final int from;
        final int to;
        long rows;
        long bytes;

        @Nullable
        Part mergedInto;

        private List<Part> added = List.of();

        Part(int index, int from, int to) {
            this.index = index;
            this.from = from;
            this.to = to;
        }

        boolean isMerged() {
            return to - from > 1 || !added.isEmpty();
        }

        void add(Part other) {
            rows += other.rows;
            bytes += other.bytes;
            other.mergedInto = this;
            if (added.isEmpty()) {
                added = new ArrayList<>();
            }
            added.add(other);
        }

        Stream<Part> stretches() {
            return Stream.concat(Stream.of(this), added.stream().flatMap(Part::stretches));
        }
    }
}
