package io.glulam;

import io.glulam.compare.ComparedFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.page.PageStream;
import io.glulam.source.SourceChunk;
import io.glulam.source.SourceFile;

/**
 * A local file as one side of a comparison.
 *
 * @param file open, its footer read
 */
record ComparedLocalFile(SourceFile file) implements ComparedFile {
    @Override
    public String name() {
        return file.bytes().name();
    }

    @Override
    public Footer footer() {
        return file.footer();
    }

    @Override
    public PageStream pages(int rowGroup, int leaf) {
        Place place =
                new Place(name(), rowGroup, footer().schema().leaves().get(leaf).name(), -1);
        ColumnChunk chunk = footer().chunk(rowGroup, leaf);
        try {
            return new SourceChunk(file, chunk);
        } catch (GlulamException failure) {
            throw failure.within(place);
        }
    }
}
