package io.glulam.adapt;

import io.glulam.decode.BatchReader;
import io.glulam.decode.TripletReader;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import io.glulam.format.ColumnChunk;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Leaf;
import io.glulam.format.PageEncodingStats;
import io.glulam.format.PageType;
import io.glulam.page.EncodedPage;
import io.glulam.page.HeapBytes;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageForm;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import io.glulam.page.PageWalker;
import io.glulam.page.codec.PageCodec;
import io.glulam.source.SourceChunk;
import io.glulam.source.SourceFile;
import io.glulam.statistics.WriterDialect;
import org.jspecify.annotations.Nullable;

/**
 * A column chunk of the source.
 *
 * @param chunk its footer entry
 * @param rows of the row group
 */
record SourceColumn(SourceFile file, int rowGroup, Leaf leaf, ColumnChunk chunk, long rows) {
    private static final int WINDOW = 4096;

    SourceColumn(SourceFile file, int rowGroup, Leaf leaf) {
        this(
                file,
                rowGroup,
                leaf,
                file.footer().chunk(rowGroup, leaf.index()),
                file.footer().rows(rowGroup));
    }

    /** Returns a walker at the chunk's first page. */
    PageWalker pages() {
        PageWalker walker = new PageWalker(file.bytes(), WINDOW);
        walker.start(chunk);
        return walker;
    }

    /** Returns the chunk decoded in batches. */
    BatchReader batches() {
        return new BatchReader(leaf, new SourceChunk(file, chunk), file.footer().createdBy());
    }

    /** Returns the chunk decoded triplet by triplet. */
    TripletReader triplets() {
        return new TripletReader(
                leaf, new SourceChunk(file, chunk), file.footer().createdBy());
    }

    /** The version of the chunk's first data page; 1 if it has none. */
    int pageVersion() {
        for (PageEncodingStats stats : chunk.encodingStats()) {
            if (stats.pageType() == PageType.DATA_PAGE || stats.pageType() == PageType.DATA_PAGE_V2) {
                return stats.pageType() == PageType.DATA_PAGE_V2 ? 2 : 1;
            }
        }
        if (chunk.valueCount() == 0) {
            return 1;
        }
        PageWalker walker = pages();
        @Nullable PageHeader header = walker.next();
        while (header != null && !header.isData()) {
            header = walker.next();
        }
        return header != null && header.type() == PageType.DATA_PAGE_V2 ? 2 : 1;
    }

    /**
     * Returns a page that was made, as readers unpack it under the name of the source's writer.
     *
     * @throws VerificationFailed if it cannot be read
     */
    PageStream.Page unpacked(EncodedPage made, PageCodec codec) {
        boolean alwaysCompressed = file.trust().dialect().alwaysCompressedV2();
        try {
            return new PageBodyReader(
                            new HeapBytes("a made page", made.bytes()), codec, Integer.MAX_VALUE - 8, alwaysCompressed)
                    .readPage(0, made.headerLength(), made.header().compressedSize());
        } catch (CorruptFile unreadable) {
            throw new VerificationFailed(Place.UNKNOWN, "a page was made that cannot be read: " + unreadable.problem());
        }
    }

    /** Returns the form in which pages of that version are written, as near to the chunk's as can be. */
    PageForm form(int version, boolean checksums) {
        CompressionCodec codec = CompressionCodec.of(chunk.codec());
        WriterDialect dialect = file.trust().dialect();
        return new PageForm(
                        codec == null ? CompressionCodec.UNCOMPRESSED : codec,
                        0,
                        version,
                        checksums,
                        dialect.alwaysCompressedV2(),
                        dialect.singleBitPackedRunForByteWidths())
                .writable();
    }
}
