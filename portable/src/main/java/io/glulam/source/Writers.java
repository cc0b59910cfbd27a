package io.glulam.source;

import io.glulam.footer.Footer;
import io.glulam.statistics.WriterTrust;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StatedWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The writers of a source's row groups: the one that the footer names, unless the source is put together from files of
 * several. Immutable.
 */
public final class Writers {
    private final WriterTrust named;
    /** Of each row group; empty if all have the writer that the footer names. */
    private final WriterTrust[] each;

    private Writers(WriterTrust named, WriterTrust[] each) {
        this.named = named;
        this.each = each;
    }

    static Writers of(Footer footer, RangeReader reader) {
        WriterTrust named = WriterTrust.of(footer.createdBy(), footer.schema().columnOrdersDeclared());
        Map<StatedWriter, WriterTrust> known = new HashMap<>();
        WriterTrust[] each = new WriterTrust[0];
        for (int i = 0; i < footer.rowGroupCount(); i++) {
            StatedWriter stated = reader.writer(i);
            if (stated == null) {
                continue;
            }
            if (each.length == 0) {
                each = new WriterTrust[footer.rowGroupCount()];
                Arrays.fill(each, named);
            }
            each[i] = known.computeIfAbsent(
                    stated, writer -> WriterTrust.of(writer.createdBy(), writer.columnOrdersDeclared()));
        }
        return new Writers(named, each);
    }

    /** The writer that the footer names, by whose name readers judge all row groups. */
    WriterTrust named() {
        return named;
    }

    WriterTrust of(int rowGroup) {
        return each.length == 0 ? named : each[rowGroup];
    }
}
