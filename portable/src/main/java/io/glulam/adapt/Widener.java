package io.glulam.adapt;

import io.glulam.decode.ColumnBatch;
import io.glulam.decode.TripletReader;
import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageBodyReader;
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
import io.glulam.source.SourceChunk;
import io.glulam.statistics.PageSummary;
import io.glulam.storage.RangeSpool;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a chunk of a wider type: values are decoded, widened and encoded, statistics are made of them. What was made is
 * decoded again and held against the source, value by value. Data pages wait in a spool, because the dictionary, known
 * last, lies first. For one chunk; not thread-safe.
 */
final class Widener {
    private static final int MAX_DICTIONARY = 1 << 20;
    private static final int PAGE_BYTES = 1 << 20;
    private static final int PAGE_ROWS = 20_000;

    private final SourceColumn source;
    private final Leaf target;
    private final int[] map;
    private final int dictionaryEncoding;
    private final ChunkSink sink;
    private final RangeSpool spool;
    private final PageForm form;
    private final List<Made> pages = new ArrayList<>();
    private @Nullable EncodedPage dictionary;
    private long spooled;

    /** A page in the spool. */
    private record Made(
            PageHeader header, int headerLength, long position, int length, int rows, PageSummary summary) {}

    /**
     * @param map of each definition level in the source, that in the output
     * @param spool for the data pages; closed by the caller
     */
    Widener(SourceColumn source, AdaptedColumn column, int[] map, ChunkSink sink, RangeSpool spool) {
        this.source = source;
        this.target = column.target();
        this.map = map;
        this.dictionaryEncoding = column.dictionaryEncoding();
        this.sink = sink;
        this.spool = spool;
        this.form = source.form(source.pageVersion(), false);
    }

    ColumnChunk make() {
        RecodedChunk chunk;
        try (PageCodec codec = form.newCodec(source.file().codecs())) {
            chunk = encode(codec);
            check(codec);
        }
        ChunkOutput output = new ChunkOutput(target, form.codec(), sink);
        EncodedPage first = dictionary;
        if (first != null) {
            output.dictionary(first);
        }
        for (Made made : pages) {
            output.dataPage(form.version(), read(made), made.rows(), made.summary());
        }
        return output.finish(
                chunk.statistics(), chunk.sizeStatistics(), source.chunk().keyValueMetadata(), 0, -1);
    }

    private RecodedChunk encode(PageCodec codec) {
        Encoding indices = Encoding.of(dictionaryEncoding);
        RecodeSettings settings =
                new RecodeSettings(form.version(), Encoding.PLAIN, indices, MAX_DICTIONARY, PAGE_BYTES, PAGE_ROWS);
        ColumnRecoder recoder = new ColumnRecoder(target, settings, new Pages(new PageEncoder(target, codec, form)));
        try (WideningPages wide = new WideningPages(source, target, map)) {
            recoder.add(wide, null, source.rows());
        }
        return recoder.finish();
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
            PageSummary summary = new PageSummary(
                    page.valueCount(),
                    page.nullCount(),
                    page.statistics().nanCount(),
                    page.nullCount() == page.valueCount(),
                    page.statistics().minValue(),
                    page.statistics().maxValue(),
                    page.repetitionLevels(),
                    page.definitionLevels());
            pages.add(new Made(made.header(), made.headerLength(), spooled, made.length(), page.rowCount(), summary));
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

    private void check(PageCodec codec) {
        try (TripletReader before = new TripletReader(
                        source.leaf(),
                        new SourceChunk(source.file(), source.chunk()),
                        source.file().footer().createdBy());
                TripletReader after = new TripletReader(target, new MadePages(codec), null)) {
            while (before.next()) {
                if (!after.next() || !isSame(before, after)) {
                    throw different();
                }
            }
            if (after.next()) {
                throw different();
            }
        }
    }

    private static VerificationFailed different() {
        return new VerificationFailed(Place.UNKNOWN, "the widened column does not hold the source's values");
    }

    private boolean isSame(TripletReader before, TripletReader after) {
        if (before.repetitionLevel() != after.repetitionLevel()
                || map[before.definitionLevel()] != after.definitionLevel()
                || before.isNull() != after.isNull()) {
            return false;
        }
        if (before.isNull()) {
            return true;
        }
        if (target.isDecimal()) {
            return number(before, source.leaf()).equals(number(after, target));
        }
        if (target.type() == PhysicalType.DOUBLE) {
            return isSameFloat(Float.intBitsToFloat((int) before.bits()), Double.longBitsToDouble(after.bits()));
        }
        return before.bits() == after.bits();
    }

    private static boolean isSameFloat(float before, double after) {
        return Float.isNaN(before)
                ? Double.isNaN(after)
                : Float.floatToRawIntBits(before) == Float.floatToRawIntBits((float) after) && before == after;
    }

    private static BigInteger number(TripletReader triplet, Leaf leaf) {
        if (!ColumnBatch.holdsBytes(leaf.type())) {
            return BigInteger.valueOf(triplet.bits());
        }
        byte[] bytes = triplet.bytes().toByteArray();
        return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
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
                    return unpacked(first);
                }
            }
            return next < pages.size() ? unpacked(Widener.this.read(pages.get(next++))) : null;
        }

        private Page unpacked(EncodedPage page) {
            return new PageBodyReader(
                            new MadeBytes(page.bytes()),
                            codec,
                            Integer.MAX_VALUE - 8,
                            source.file().trust().dialect().alwaysCompressedV2())
                    .readPage(0, page.headerLength(), page.header().compressedSize());
        }

        @Override
        public void close() {}
    }
}
