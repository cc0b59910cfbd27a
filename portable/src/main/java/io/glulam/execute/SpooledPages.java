package io.glulam.execute;

import io.glulam.format.ThriftReader;
import io.glulam.page.BodyArrays;
import io.glulam.page.EncodedPage;
import io.glulam.page.HeapBytes;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import io.glulam.page.codec.PageCodec;
import io.glulam.pipeline.Spool;
import org.jspecify.annotations.Nullable;

/** Reads back the pages of a recoded column: the dictionary page, then those in the spool. Leaves both open. */
final class SpooledPages implements PageStream {
    private static final int MAX_HEADER = 4096;

    private final Spool spool;
    private final PageBodyReader bodies;
    private final PageCodec codec;
    private final int longest;
    private @Nullable EncodedPage dictionary;
    private long position;

    /**
     * @param longest bytes of the longest page, uncompressed
     * @param arrays that nothing else uses meanwhile
     */
    SpooledPages(Spool spool, PageCodec codec, int longest, @Nullable EncodedPage dictionary, BodyArrays arrays) {
        this.spool = spool;
        this.codec = codec;
        this.longest = longest * 2 + MAX_HEADER;
        this.bodies = new PageBodyReader(spool, codec, this.longest, false, arrays);
        this.dictionary = dictionary;
    }

    @Override
    public @Nullable Page next() {
        EncodedPage first = dictionary;
        if (first != null) {
            dictionary = null;
            byte[] body = new PageBodyReader(
                            new HeapBytes("dictionary page", first.bytes()), codec, Integer.MAX_VALUE, false)
                    .read(0, first.headerLength(), first.header());
            return new Page(first.header(), body, 0, first.header().uncompressedSize(), 0);
        }
        if (position >= spool.size()) {
            return null;
        }
        int window = (int) Math.min(MAX_HEADER, spool.size() - position);
        byte[] start = new byte[window];
        spool.read(position, start, 0, window);
        ThriftReader in = new ThriftReader(start, 0, window, position);
        PageHeader header = PageHeader.read(in);
        byte[] body = bodies.read(position, in.position(), header);
        long at = position;
        position += in.position() + header.compressedSize();
        return new Page(header, body, 0, header.uncompressedSize(), at);
    }

    @Override
    public void close() {}
}
