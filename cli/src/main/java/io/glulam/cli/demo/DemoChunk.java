package io.glulam.cli.demo;

import io.glulam.codec.JvmCodecs;
import io.glulam.format.ColumnChunk;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageStream;
import io.glulam.page.codec.PageCodec;
import io.glulam.recode.ColumnRecoder;
import io.glulam.recode.PageSink;
import io.glulam.recode.RecodeSettings;
import io.glulam.recode.RecodedChunk;
import io.glulam.recode.RecodedPage;
import io.glulam.splice.ChunkBuilder;
import io.glulam.splice.StoredPage;
import io.glulam.statistics.PageSummary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column chunk that the encoders of recoded columns made.
 *
 * @param dictionary null if no page refers to one
 * @param dataPages in order
 * @param totals of all values
 */
@SuppressWarnings("EnumOrdinal") // The specification's enum: the ordinal is the Thrift value.
record DemoChunk(Leaf leaf, @Nullable EncodedPage dictionary, List<DataPage> dataPages, RecodedChunk totals) {
    private static final PageForm FORM = new PageForm(CompressionCodec.SNAPPY, 0, 1, false, false, false);
    private static final RecodeSettings PLAIN = settings(null);
    private static final RecodeSettings WITH_DICTIONARY = settings(Encoding.RLE_DICTIONARY);

    /** A compressed page, and the entry of a column index for it. */
    record DataPage(EncodedPage page, PageSummary summary) {}

    /** Encodes the values of {@code rows} rows. */
    static DemoChunk of(Leaf leaf, boolean hasDictionary, PageStream values, int rows) {
        try (PageCodec codec = FORM.newCodec(JvmCodecs.INSTANCE)) {
            Pages pages = new Pages(new PageEncoder(leaf, codec, FORM));
            ColumnRecoder recoder = new ColumnRecoder(leaf, hasDictionary ? WITH_DICTIONARY : PLAIN, pages);
            recoder.add(values, null, rows);
            RecodedChunk totals = recoder.finish();
            return new DemoChunk(leaf, pages.dictionary, pages.dataPages, totals);
        }
    }

    /** A data page holds up to 1 MiB: the whole chunk. With a dictionary, all pages refer to it. */
    private static RecodeSettings settings(@Nullable Encoding dictionary) {
        return new RecodeSettings(
                FORM.version(),
                Encoding.PLAIN,
                dictionary,
                1 << 20,
                1 << 20,
                DemoFile.ROWS_PER_GROUP,
                dictionary == null ? -1 : 0);
    }

    /**
     * Appends the chunk to {@code out}, and returns its footer entry.
     *
     * @param start the offset of its first byte in the file
     */
    ColumnChunk write(ByteArrayBuilder out, long start) {
        long shift = start - out.size();
        ChunkBuilder entry = new ChunkBuilder(leaf, FORM.codec().ordinal());
        if (dictionary != null) {
            entry.dictionary(dictionary, shift + out.size());
            out.append(dictionary.bytes(), 0, dictionary.length());
        }
        for (DataPage data : dataPages) {
            EncodedPage page = data.page();
            entry.dataPage(StoredPage.of(FORM.version(), page, page.rowCount()), data.summary(), shift + out.size());
            out.append(page.bytes(), 0, page.length());
        }
        // As many streaming writers: neither size statistics nor a page index.
        return entry.chunk(start, totals.statistics(), null, null);
    }

    private static final class Pages implements PageSink {
        private final PageEncoder encoder;
        private final List<DataPage> dataPages = new ArrayList<>();
        private @Nullable EncodedPage dictionary;

        Pages(PageEncoder encoder) {
            this.encoder = encoder;
        }

        @Override
        public void dataPage(RecodedPage page) {
            dataPages.add(new DataPage(page.encoded(encoder), page.summary()));
        }

        @Override
        public void dictionary(int entryCount, byte[] plain, int length, Encoding encoding) {
            dictionary = encoder.dictionaryPage(plain, length, entryCount, encoding.value());
        }
    }
}
