package io.glulam;

import io.glulam.compare.ComparedFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.page.PageStream;
import io.glulam.source.ChunkLookup;
import io.glulam.source.SourceChunk;
import io.glulam.source.SourceFile;

/** A local file as one side of a comparison. */
final class ComparedLocalFile implements ComparedFile {
    private final SourceFile file;
    private final ChunkLookup chunks;

    /** @param file open, its footer read */
    ComparedLocalFile(SourceFile file) {
        this.file = file;
        this.chunks = new ChunkLookup(file);
    }

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
        Leaf column = footer().schema().leaves().get(leaf);
        Place place = new Place(name(), rowGroup, column.name(), -1);
        ColumnChunk chunk = chunks.chunk(rowGroup, column);
        try {
            return new SourceChunk(file, chunk);
        } catch (GlulamException failure) {
            throw failure.within(place);
        }
    }
}
