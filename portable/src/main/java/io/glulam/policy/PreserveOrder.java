package io.glulam.policy;

import io.glulam.plan.Layout;
import io.glulam.plan.Reason;
import io.glulam.plan.RowGroups;
import org.jspecify.annotations.Nullable;

/**
 * The layout that keeps every row in its place: output row groups are stretches of adjacent sources.
 *
 * <p>Every run of adjacent fragments becomes as few row groups as the limits allow. Then what may still be a small
 * fragment joins the neighbour for which the fewest bytes have to be rewritten, where that is worth it; and what may
 * have become one beside another is merged with it. When that ends, no two neighbours would be merged even if the merged
 * ones among them lost 40 % of their planned size. That is why the layout of the result is empty.
 */
final class PreserveOrder {
    private final RowGroupSizes sizes;
    private final Limits limits;
    private final Stretches groups;

    private PreserveOrder(RowGroupSizes sizes, int[] nonEmpty, Limits limits) {
        this.sizes = sizes;
        this.limits = limits;
        this.groups = new Stretches(sizes, nonEmpty, limits);
    }

    /** @param nonEmpty the row groups with rows, ascending */
    static Layout layout(RowGroupSizes sizes, int[] nonEmpty, RowGroups dropped, Limits limits) {
        PreserveOrder order = new PreserveOrder(sizes, nonEmpty, limits);
        order.mergeRuns();
        order.settle();
        return order.groups.toLayout(dropped, order::keptFor);
    }

    private void mergeRuns() {
        int start = 0;
        while (start < groups.end()) {
            int end = start;
            while (end < groups.end() && groups.isMovable(end) && limits.isFragment(groups.bytes(end))) {
                end = groups.next(end);
            }
            groups.partition(start, end);
            start = end == start ? groups.next(start) : end;
        }
    }

    /** Merges neighbours until no two want it; after a merge, the new row group and the one before are asked again. */
    private void settle() {
        int group = 0;
        while (group < groups.end()) {
            int left = leftOfWantedMerge(group);
            if (left < 0) {
                group = groups.next(group);
            } else {
                groups.mergeWithNext(left);
                group = left == 0 ? left : groups.previous(left);
            }
        }
    }

    /** The left one of {@code group} and the neighbour that it should be merged with; -1 if there is none. */
    private int leftOfWantedMerge(int group) {
        int previous = group == 0 ? -1 : groups.previous(group);
        int next = groups.next(group);
        boolean withPrevious = previous >= 0 && wants(group, previous);
        boolean withNext = next < groups.end() && wants(group, next);
        if (withPrevious && withNext) {
            return bytesToRewrite(previous) <= bytesToRewrite(next) ? previous : group;
        }
        return withPrevious ? previous : withNext ? group : -1;
    }

    /** Bytes that move only because of a merge with that row group. */
    private long bytesToRewrite(int group) {
        return groups.isMerged(group) ? 0 : groups.bytes(group);
    }

    private boolean wants(int fragment, int neighbour) {
        long least = groups.leastBytes(fragment);
        if (!limits.isFragment(least) || !fit(fragment, neighbour)) {
            return false;
        }
        if (limits.isFragment(groups.leastBytes(neighbour))) {
            return true;
        }
        return limits.isSmallFragment(least)
                && (groups.isMerged(neighbour) || Limits.isWorth(groups.rows(neighbour), groups.rows(fragment)));
    }

    private boolean fit(int group, int other) {
        return groups.isMovable(group)
                && groups.isMovable(other)
                && limits.fit(
                        groups.rows(group), groups.leastBytes(group), groups.rows(other), groups.leastBytes(other));
    }

    private Reason keptFor(int group) {
        @Nullable Reason fixed = sizes.mustKeep(groups.source(group));
        if (fixed != null) {
            return fixed;
        }
        if (!limits.isFragment(groups.bytes(group))) {
            return Reason.HEALTHY;
        }
        int previous = group == 0 ? -1 : groups.previous(group);
        int next = groups.next(group);
        boolean hasPrevious = previous >= 0 && groups.isMovable(previous);
        boolean hasNext = next < groups.end() && groups.isMovable(next);
        if (!hasPrevious && !hasNext) {
            return Reason.NOTHING_TO_MERGE_WITH;
        }
        boolean room = hasPrevious && fit(group, previous) || hasNext && fit(group, next);
        return room ? Reason.NOT_WORTH_THE_BYTES : Reason.LIMITS_REACHED;
    }
}
