package io.glulam.planning;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.format.Leaf;

/**
 * Row groups without rows are left out of the new file. Where one says that it has values, nothing tells whether those are
 * rows that were not counted or the end of the row before.
 */
final class EmptyRowGroups {
    private EmptyRowGroups() {}

    /** @throws CorruptFile if a row group without rows has a column chunk with values */
    static void require(Footer footer, String object) {
        for (int rowGroup = 0; rowGroup < footer.rowGroupCount(); rowGroup++) {
            if (footer.rows(rowGroup) > 0) {
                continue;
            }
            for (Leaf leaf : footer.schema().leaves()) {
                long values = footer.chunk(rowGroup, leaf.index()).valueCount();
                if (values > 0) {
                    throw new CorruptFile(
                            new Place(object, rowGroup, leaf.name(), -1),
                            "a column chunk of " + values + " values in a row group of 0 rows");
                }
            }
        }
    }
}
