package io.glulam.fuzz;

import io.glulam.error.GlulamException;
import io.glulam.format.PageType;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.page.PageHeader;
import java.util.Arrays;
import org.apache.parquet.format.Util;

/** A page header: refused, or read as the reference implementation reads it, and the same when written and read again. */
public final class PageHeaderTarget {
    private PageHeaderTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Forms.check(input, PageHeaderTarget::check);
    }

    static boolean check(byte[] input) {
        PageHeader header;
        ThriftReader in = new ThriftReader(input, 0, input.length, 0);
        try {
            header = PageHeader.read(in);
        } catch (GlulamException refused) {
            return false;
        }
        boolean compared = compare(header, in.position(), input);
        if (!header.isData() && header.type() != PageType.DICTIONARY_PAGE) {
            return compared; // Pages of other types are passed over, never written.
        }
        byte[] written = written(header);
        compare(header, written.length, written);
        PageHeader again = PageHeader.read(new ThriftReader(written, 0, written.length, 0));
        // Statistics hold arrays, which are equal only to themselves: they are compared as written.
        if (!withoutStatistics(again).equals(withoutStatistics(header)) || !Arrays.equals(written(again), written)) {
            throw new Mismatch("another header when written and read again: " + header);
        }
        return compared;
    }

    private static byte[] written(PageHeader header) {
        ThriftWriter out = new ThriftWriter(64);
        header.write(out);
        return out.toByteArray();
    }

    private static PageHeader withoutStatistics(PageHeader header) {
        return new PageHeader(
                header.type(),
                header.uncompressedSize(),
                header.compressedSize(),
                header.crc(),
                header.counts(),
                header.encoding(),
                header.levels(),
                header.compressed(),
                null);
    }

    /** Returns false where the reference implementation reads no header. */
    private static boolean compare(PageHeader header, int length, byte[] bytes) {
        var reference = Reference.read(bytes, Util::readPageHeader);
        if (reference != null) {
            Reference.same("length of the header", length, reference.length());
            ReferencePages.compare(header, reference.struct());
        }
        return reference != null;
    }
}
