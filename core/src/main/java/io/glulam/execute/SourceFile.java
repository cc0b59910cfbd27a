package io.glulam.execute;

import io.glulam.footer.Footer;
import io.glulam.format.Leaf;
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

    /** The column's chunks in those row groups, row groups without rows left out. */
    List<Fragment> fragments(int[] rowGroups, Leaf leaf) {
        List<Fragment> fragments = new ArrayList<>(rowGroups.length);
        for (int rowGroup : rowGroups) {
            fragments.add(new Fragment(rowGroup, footer.rows(rowGroup), footer.chunk(rowGroup, leaf.index())));
        }
        return fragments;
    }
}
