package io.glulam;

import io.glulam.CompactionReport.ColumnResult;
import io.glulam.execute.MergedSizes;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * The results of the merged column chunks: an unmodifiable view of a plan and of sizes, which makes its elements when
 * asked.
 */
final class ColumnResults extends AbstractList<ColumnResult> implements RandomAccess {
    private final Plan plan;
    private final MergedSizes sizes;
    /** Positions of the merged row groups in the output. */
    private final int[] rowGroups;

    private ColumnResults(Plan plan, MergedSizes sizes, int[] rowGroups) {
        this.plan = plan;
        this.sizes = sizes;
        this.rowGroups = rowGroups;
    }

    /** Returns the chunks of all merged row groups of {@code plan}, in output order. */
    static ColumnResults of(Plan plan, MergedSizes sizes) {
        int[] merged = new int[plan.groups().size()];
        int count = 0;
        for (int i = 0; i < merged.length; i++) {
            if (plan.groups().get(i) instanceof MergedGroup) {
                merged[count++] = i;
            }
        }
        return new ColumnResults(plan, sizes, Arrays.copyOf(merged, count));
    }

    @Override
    public ColumnResult get(int index) {
        int columns = plan.columns().size();
        int rowGroup = rowGroups[index / columns];
        int leaf = index % columns;
        ColumnPlan column =
                ((MergedGroup) plan.groups().get(rowGroup)).columns().get(leaf);
        return new ColumnResult(
                rowGroup,
                plan.columns().get(leaf),
                column.tier(),
                column.reason(),
                sizes.sourcePages(index),
                sizes.pages(index),
                column.sourceBytes(),
                column.expectedBytes(),
                sizes.bytes(index),
                column.recoding());
    }

    @Override
    public int size() {
        return sizes.count();
    }
}
