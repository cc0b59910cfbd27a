package io.glulam.splice;

import io.glulam.page.BodyArrays;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import io.glulam.page.codec.PageCodec;
import io.glulam.source.FragmentChunk;
import org.jspecify.annotations.Nullable;

/** Some neighbouring data pages of a surveyed column, each fragment's after its dictionary page. Not thread-safe. */
final class SurveyedPages implements PageStream {
    private final SurveyedColumn column;
    private final int to;
    private final BodyArrays arrays;
    private int page;
    private int fragment = -1;
    private @Nullable PageCodec codec;
    private @Nullable PageBodyReader bodies;

    SurveyedPages(SurveyedColumn column, int from, int to, BodyArrays arrays) {
        this.column = column;
        this.page = from;
        this.to = to;
        this.arrays = arrays;
    }

    @Override
    public @Nullable Page next() {
        if (page >= to) {
            return null;
        }
        PageTable pages = column.pages();
        if (fragment != pages.fragment(page)) {
            fragment = pages.fragment(page);
            bodies = open(column.fragmentOf(page));
            DictionaryPage dictionary = column.dictionary(fragment);
            if (dictionary != null) {
                return read(bodies, dictionary.position(), dictionary.headerLength(), dictionary.header());
            }
        }
        if (bodies == null) {
            throw new IllegalStateException("no codec");
        }
        Page next = bodies.readPage(pages.position(page), pages.headerLength(page), pages.compressedSize(page));
        page++;
        return next;
    }

    private PageBodyReader open(FragmentChunk source) {
        close();
        codec = source.file().codecs().ofChunk(source.chunk().codec());
        return source.file().bodies(codec, arrays);
    }

    private static Page read(PageBodyReader reader, long position, int headerLength, PageHeader header) {
        byte[] body = reader.read(position, headerLength, header);
        return new Page(header, body, 0, header.uncompressedSize(), position);
    }

    @Override
    public void close() {
        if (codec != null) {
            codec.close();
            codec = null;
        }
    }
}
