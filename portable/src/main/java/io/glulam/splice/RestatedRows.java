package io.glulam.splice;

import io.glulam.format.Leaf;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageHeader;

/**
 * Gives pages of version 2 a header that states the rows that were counted, where their own states others. The body stays
 * as it is; nulls are counted again as well, and statistics of the header are left out. In a merged row group, a reader
 * that skips rows by the headers would otherwise pass over rows of the fragments that follow.
 */
public final class RestatedRows {
    private RestatedRows() {}

    /**
     * Whether a source page's header states another number of rows than were counted.
     *
     * @param rows in which the page was counted
     */
    public static boolean areNeeded(SurveyedColumn column, PageRows rows, int page) {
        return column.version(page) == 2 && column.pages().rowCount(page) != rows.begunIn(page);
    }

    /**
     * Returns the source page with the rows that were counted in its header.
     *
     * @throws io.glulam.error.GlulamException if the source cannot be read
     */
    public static EncodedPage of(SurveyedColumn column, PageRows rows, int page) {
        PageTable pages = column.pages();
        int oldHeader = pages.headerLength(page);
        int stored = pages.compressedSize(page);
        byte[] old = new byte[Math.addExact(oldHeader, stored)];
        column.file().bytes().read(pages.position(page), old, 0, old.length);
        PageHeader before = PageHeader.read(new ThriftReader(old, 0, oldHeader, pages.position(page)));
        PageHeader header = before.counted(rows.begunIn(page), nulls(column.leaf(), before, old, oldHeader));
        ThriftWriter out = new ThriftWriter(oldHeader + 16);
        header.write(out);
        byte[] written = out.toByteArray();
        byte[] bytes = new byte[Math.addExact(written.length, stored)];
        System.arraycopy(written, 0, bytes, 0, written.length);
        System.arraycopy(old, oldHeader, bytes, written.length, stored);
        return new EncodedPage(header, bytes, written.length, rows.of(page), header.nullCount());
    }

    /** Levels of version 2 are not compressed. */
    private static int nulls(Leaf leaf, PageHeader header, byte[] page, int body) {
        if (leaf.maxDefinitionLevel() == 0) {
            return 0;
        }
        int from = body + header.levels().repetitionBytes();
        return NullCounter.nulls(
                leaf, header, page, from, from + header.levels().definitionBytes());
    }
}
