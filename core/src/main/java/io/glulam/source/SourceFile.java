package io.glulam.source;

import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
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
    /** What parquet-mr before 1.2.9 leaves out of a chunk's size (PARQUET-816), as its own reader allows for. */
    private static final int UNCOUNTED_HEADER = 100;

    private static final int MAGIC_LENGTH = 4;

    /** Of the buffers' memory, a page takes at most one part in so many. */
    private static final int PAGE_SHARE = 4;

    /**
     * A source whose footer was read.
     *
     * @param bufferBytes memory that buffers may take
     */
    public static SourceFile of(RangeReader reader, Footer footer, long bufferBytes) {
        int maxPageBytes = (int) Math.min(Integer.MAX_VALUE - 8, bufferBytes / PAGE_SHARE);
        return new SourceFile(footer, new SourceBytes(reader), WriterTrust.of(footer.createdBy()), maxPageBytes);
    }

    /** Memory that buffers may take, in bytes. */
    public long bufferBytes() {
        return (long) maxPageBytes * PAGE_SHARE;
    }

    /** Where a column chunk ends at the latest, with what parquet-mr before 1.2.9 leaves out of its size. */
    public long end(ColumnChunk chunk) {
        long end = chunk.start() + chunk.compressedSize() + (trust.trustsChunkSizes() ? 0 : UNCOUNTED_HEADER);
        return Math.min(end, footer.offsetInFile());
    }

    /** Whether the file begins with the magic and then this row group, so that both can be copied together. */
    public boolean beginsWith(int rowGroup) {
        return footer.schema().leaves().stream()
                .anyMatch(leaf -> footer.chunk(rowGroup, leaf.index()).start() == MAGIC_LENGTH);
    }

    /** The row group before {@code rowGroup} that has rows; -1 if there is none. */
    public int rowGroupBefore(int rowGroup) {
        int before = rowGroup - 1;
        while (before >= 0 && footer.rows(before) == 0) {
            before--;
        }
        return before;
    }

    /** The column's chunks in those row groups. */
    public List<Fragment> fragments(int[] rowGroups, Leaf leaf) {
        List<Fragment> fragments = new ArrayList<>(rowGroups.length);
        for (int rowGroup : rowGroups) {
            fragments.add(new Fragment(rowGroup, footer.rows(rowGroup), footer.chunk(rowGroup, leaf.index())));
        }
        return fragments;
    }
}
