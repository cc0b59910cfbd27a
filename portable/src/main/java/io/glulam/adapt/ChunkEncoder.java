package io.glulam.adapt;

import io.glulam.decode.TripletReader;
import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import io.glulam.page.codec.PageCodec;
import io.glulam.recode.ColumnRecoder;
import io.glulam.recode.PageSink;
import io.glulam.recode.RecodeSettings;
import io.glulam.recode.RecodedChunk;
import io.glulam.recode.RecodedPage;
import io.glulam.statistics.PageSummary;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a chunk of values that a stream of pages gives: they are encoded, statistics are made of them, and what was made is
 * decoded again and held against what it must be. Data pages wait in a spool, because the dictionary, known last, lies
 * first. For one chunk; not thread-safe.
 */
final class ChunkEncoder {
    private static final int MAX_DICTIONARY = 1 << 20;
    private static final int PAGE_BYTES = 1 << 20;
    /** Readers filter by pages, and merged pages are never divided. */
    static final int PAGE_ROWS = 20_000;

    private final SourceColumn source;
    private final Leaf target;
    private final RecodeSettings settings;
    private final ChunkSink sink;
    private final RangeSpool spool;
    private final PageForm form;
    private final List<Made> pages = new ArrayList<>();
    private @Nullable EncodedPage dictionary;
    private long spooled;

    /** A page in the spool. */
    private record Made(
            PageHeader header, int headerLength, long position, int length, int rows, PageSummary summary) {}

    /** Reads the made chunk from its first triplet to its last. */
    interface Check {
        /** Whether it holds what it must. */
        boolean holds(TripletReader made);
    }

    /**
     * @param source whose codec and version of pages the chunk gets
     * @param dictionaryEncoding Thrift value of the encoding beside a dictionary; negative for no dictionary
     * @param expectedDistinct how many different values there are; -1 if unknown
     * @param spool for the data pages; closed by the caller
     */
    ChunkEncoder(
            SourceColumn source,
            Leaf target,
            int dictionaryEncoding,
            long expectedDistinct,
            ChunkSink sink,
            RangeSpool spool) {
        this.source = source;
        this.target = target;
        this.sink = sink;
        this.spool = spool;
        this.form = source.form(source.pageVersion(), false);
        this.settings = new RecodeSettings(
                form.version(),
                Encoding.PLAIN,
                Encoding.of(dictionaryEncoding),
                MAX_DICTIONARY,
                PAGE_BYTES,
                PAGE_ROWS,
                expectedDistinct);
    }

    /**
     * Makes the chunk, its page index included.
     *
     * @param values pages in the output's levels and type; closed
     * @param keyValues metadata of the chunk; null for none
     * @throws VerificationFailed if what was made does not pass the check
     */
    ColumnChunk make(PageStream values, byte @Nullable [] keyValues, Check check) {
        RecodedChunk chunk;
        try (PageCodec codec = form.newCodec(source.file().codecs())) {
            ColumnRecoder recoder =
                    new ColumnRecoder(target, settings, new Pages(new PageEncoder(target, codec, form)));
            try (values) {
                recoder.add(values, null, source.rows());
            }
            chunk = recoder.finish();
            try (TripletReader made = new TripletReader(target, new MadePages(codec), null)) {
                if (!check.holds(made)) {
                    throw new VerificationFailed(Place.UNKNOWN, "the column that was made does not hold its values");
                }
            }
        }
        ChunkOutput output = new ChunkOutput(target, form.codec(), sink);
        EncodedPage first = dictionary;
        if (first != null) {
            output.dictionary(first);
        }
        for (Made made : pages) {
            output.dataPage(form.version(), read(made), made.rows(), made.summary());
        }
        return output.finish(chunk.statistics(), chunk.sizeStatistics(), keyValues, 0, -1);
    }

    /** Compresses pages and puts them into the spool. */
    private final class Pages implements PageSink {
        private final PageEncoder encoder;

        Pages(PageEncoder encoder) {
            this.encoder = encoder;
        }

        @Override
        public void dataPage(RecodedPage page) {
            EncodedPage made = page.encoded(encoder);
            spool.write(spooled, ByteBuffer.wrap(made.bytes(), 0, made.length()));
            pages.add(new Made(
                    made.header(),
                    made.headerLength(),
                    spooled,
                    made.length(),
                    page.counts().rows(),
                    page.summary()));
            spooled += made.length();
        }

        @Override
        public void dictionary(int entryCount, byte[] plain, int length, Encoding encoding) {
            dictionary = encoder.dictionaryPage(plain, length, entryCount, encoding.value());
        }
    }

    private EncodedPage read(Made made) {
        byte[] bytes = new byte[made.length()];
        spool.read(made.position(), ByteBuffer.wrap(bytes));
        return new EncodedPage(made.header(), bytes, made.headerLength(), made.rows(), (int)
                made.summary().nullCount());
    }

    /** The pages that were made, as a reader finds them. */
    private final class MadePages implements PageStream {
        private final PageCodec codec;
        private int next = -1;

        MadePages(PageCodec codec) {
            this.codec = codec;
        }

        @Override
        public @Nullable Page next() {
            if (next < 0) {
                next = 0;
                EncodedPage first = dictionary;
                if (first != null) {
                    return source.unpacked(first, codec);
                }
            }
            return next < pages.size() ? source.unpacked(ChunkEncoder.this.read(pages.get(next++)), codec) : null;
        }

        @Override
        public void close() {}
    }
}
