package io.glulam.policy;

import io.glulam.plan.Layout;
import io.glulam.plan.Sources;

/**
 * The layout in which every row group is written again that may be: adjacent ones are shared out evenly over as few row
 * groups as the limits allow, all rows staying in their places. One that stands alone is written again, too; whether
 * that pays is for the planner to find out, who keeps it otherwise.
 */
final class RewriteAll {
    private RewriteAll() {}

    /** @param nonEmpty the row groups with rows, ascending */
    static Layout layout(RowGroupSizes sizes, int[] nonEmpty, Sources dropped, Limits limits) {
        Stretches groups = new Stretches(sizes, nonEmpty, limits);
        int start = 0;
        while (start < groups.end()) {
            int end = start;
            while (end < groups.end() && groups.isMovable(end)) {
                end = groups.next(end);
            }
            groups.partition(start, end);
            start = end == start ? groups.next(start) : end;
        }
        return groups.toLayout(dropped, stretch -> sizes.mustKeep(groups.source(stretch)));
    }
}
