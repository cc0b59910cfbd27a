package io.glulam;

import io.glulam.compare.ComparedFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.CompressionCodec;
import io.glulam.page.ChunkPageStream;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageStream;
import io.glulam.page.PageWalker;
import io.glulam.page.codec.PageCodec;
import io.glulam.page.codec.PageCodecs;
import io.glulam.source.SourceFile;
import org.jspecify.annotations.Nullable;

/**
 * A local file as one side of a comparison.
 *
 * @param file open, its footer read
 */
record ComparedLocalFile(SourceFile file) implements ComparedFile {
    private static final int HEADER_WINDOW = 4096;

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
        CompressionCodec codec = CompressionCodec.of(chunk.codec());
        if (codec == null) {
            throw new Unsupported(place, "the compression codec " + chunk.codec() + " is unknown to this version");
        }
        try {
            return new Pages(chunk, PageCodecs.of(codec));
        } catch (GlulamException failure) {
            throw failure.within(place);
        }
    }

    /** The pages of one chunk, with a codec of their own. */
    private final class Pages implements PageStream {
        private final PageCodec codec;
        private final PageStream pages;

        Pages(ColumnChunk chunk, PageCodec codec) {
            this.codec = codec;
            PageBodyReader bodies = new PageBodyReader(
                    file.bytes(),
                    codec,
                    file.maxPageBytes(),
                    file.trust().dialect().alwaysCompressedV2());
            this.pages = ChunkPageStream.of(chunk, new PageWalker(file.bytes(), HEADER_WINDOW), bodies);
        }

        @Override
        public @Nullable Page next() {
            return pages.next();
        }

        @Override
        public void close() {
            codec.close();
        }
    }
}
