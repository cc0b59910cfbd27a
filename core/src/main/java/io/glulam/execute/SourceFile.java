package io.glulam.execute;

import io.glulam.footer.Footer;
import io.glulam.format.Leaf;
import io.glulam.plan.Layout;
import io.glulam.plan.Plan;
import io.glulam.splice.Fragment;
import io.glulam.statistics.WriterTrust;
import io.glulam.storage.RangeReader;
import java.util.ArrayList;
import java.util.List;

/**
 * A pinned source with its footer read.
 *
 * @param footer as read
 * @param bytes its bytes
 * @param trust what its writer is known for
 * @param maxPageBytes largest page that memory allows
 */
public record SourceFile(Footer footer, SourceBytes bytes, WriterTrust trust, int maxPageBytes) {
    /**
     * A source whose footer was read.
     *
     * @param bufferBytes memory that buffers may take
     */
    public static SourceFile of(RangeReader reader, Footer footer, long bufferBytes) {
        int maxPageBytes = (int) Math.min(Integer.MAX_VALUE - 8, bufferBytes / 4);
        return new SourceFile(footer, new SourceBytes(reader), WriterTrust.of(footer.createdBy()), maxPageBytes);
    }

    /** Fetches what a layout takes of a remote source, as far as it is not there yet. */
    void stage(Layout layout) {
        if (!layout.isEmpty() && bytes.reader() instanceof StagedReader staged) {
            staged.stage(new StagingPlan(this, staged.target()).ranges(StagingPlan.Group.of(layout)));
        }
    }

    /** As {@link #stage(Layout)}, for a plan that was made before. */
    void stage(Plan plan) {
        if (!plan.isEmpty() && bytes.reader() instanceof StagedReader staged) {
            staged.stage(new StagingPlan(this, staged.target()).ranges(StagingPlan.Group.of(plan)));
        }
    }

    /** The column's chunks in those row groups, row groups without rows left out. */
    List<Fragment> fragments(int[] rowGroups, Leaf leaf) {
        List<Fragment> fragments = new ArrayList<>(rowGroups.length);
        for (int rowGroup : rowGroups) {
            fragments.add(new Fragment(rowGroup, footer.rows(rowGroup), footer.chunk(rowGroup, leaf.index())));
        }
        return fragments;
    }
}
