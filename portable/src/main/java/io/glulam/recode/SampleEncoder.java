package io.glulam.recode;

import io.glulam.decode.BatchReader;
import io.glulam.decode.ColumnBatch;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.EncodedPage;
import io.glulam.page.HybridEncoder;
import io.glulam.page.PageCounts;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageStream;
import io.glulam.page.codec.PageCodec;
import io.glulam.page.codec.PageCodecs;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes windows of a column in every way that is considered, with the real encoders and codec, so that a policy can
 * choose. Deterministic: no time is measured. Memory: one page of the source and of each encoding, the different values
 * of all windows, an index and the levels of each value. Not thread-safe.
 *
 * <p>Use: {@link #addWindow} for each window in source order, then the sizes with dictionary; {@link #close} in any
 * case.
 */
public final class SampleEncoder implements AutoCloseable {
    private static final int MAX_DISTINCT_BYTES = Integer.MAX_VALUE - 8;

    private static final int PIECE = 1 << 20;

    private final Leaf leaf;
    private final PageForm form;
    private final List<Encoding> encodings;
    private final int pageBytes;
    private final int pageRows;
    private final int expectedWindows;
    private final PageCodec codec;
    private final PageEncoder encoder;
    private final ColumnBatch batch;
    private final @Nullable DictionaryBuilder distinct;
    private final List<SampleWindow> windows = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final ByteArrayBuilder indices = new ByteArrayBuilder(1 << 10);

    /** The rest of a window: levels and indices. */
    private static final class Kept {
        private final PageBuffer page;
        private final ByteArrayBuilder repetition = new ByteArrayBuilder(16);
        private final ByteArrayBuilder definition = new ByteArrayBuilder(16);

        Kept(Leaf leaf) {
            page = new PageBuffer(leaf);
            page.clear(true);
        }
    }

    /**
     * For a column.
     *
     * @param form in which pages would be written; decides version, codec and level
     * @param encodings to be measured, without dictionary ones: those that the column's type has
     * @param pageBytes as in {@link RecodeSettings}
     * @param pageRows as in {@link RecodeSettings}
     * @param expectedWindows that will be added; only memory depends on it
     */
    public SampleEncoder(
            Leaf leaf,
            PageForm form,
            PageCodecs codecs,
            Collection<Encoding> encodings,
            int pageBytes,
            int pageRows,
            int expectedWindows) {
        this.leaf = leaf;
        this.form = form;
        this.encodings = List.copyOf(encodings);
        this.pageBytes = pageBytes;
        this.pageRows = pageRows;
        this.expectedWindows = expectedWindows;
        this.codec = form.newCodec(codecs);
        this.encoder = new PageEncoder(leaf, codec, form);
        this.batch = new ColumnBatch(leaf);
        boolean indexable = leaf.type() != PhysicalType.BOOLEAN && leaf.valueWidth() != 0;
        this.distinct = indexable ? DictionaryBuilder.of(leaf, MAX_DISTINCT_BYTES, -1) : null;
    }

    /**
     * Takes a window of whole rows and encodes it.
     *
     * @param pages a dictionary page where needed and the data pages that hold the window, of one column chunk or of
     *     several in a row; closed at the end
     * @param createdBy the writer of the file; null if unknown
     * @param skip values, nulls included, to be passed over in front; goes on to the next row's first
     * @param count values, nulls included, after which the window ends with the row
     * @throws io.glulam.error.CorruptFile if pages cannot be decoded
     * @throws io.glulam.error.Unsupported if they are in an encoding that this version does not know
     */
    public SampleWindow addWindow(PageStream pages, @Nullable String createdBy, long skip, int count) {
        Map<Encoding, EncodedSize> sizes = new EnumMap<>(Encoding.class);
        List<PageAssembler> assemblers = new ArrayList<>();
        for (Encoding encoding : encodings) {
            RecodeSettings settings = new RecodeSettings(form.version(), encoding, null, 0, pageBytes, pageRows);
            assemblers.add(new PageAssembler(leaf, settings, new SizeSink(encoding, sizes)));
        }
        Kept window = new Kept(leaf);
        int before = distinct();
        reserveDistinct();
        try (BatchReader reader = BatchReader.ofPart(leaf, pages, createdBy)) {
            take(reader, window.page, assemblers, skip, count);
        }
        assemblers.forEach(PageAssembler::finish);
        encodeLevels(window.page.repetitionLevels(), window.page.count(), leaf.maxRepetitionLevel(), window.repetition);
        encodeLevels(window.page.definitionLevels(), window.page.count(), leaf.maxDefinitionLevel(), window.definition);
        kept.add(window);
        SampleWindow facts = new SampleWindow(
                window.page.count(),
                window.page.count() - window.page.values(),
                window.page.rows(),
                plainBytes(window.page),
                distinctIn(window.page),
                distinct() - before,
                sizes);
        windows.add(facts);
        return facts;
    }

    /**
     * Makes room for as many different values in each window that is left as in those before, which is seldom too little. To
     * grow by and by would take both the old and the new array at last, when they are longest.
     */
    private void reserveDistinct() {
        if (distinct != null && !windows.isEmpty()) {
            distinct.reserve(distinct.plainSize() * (long) expectedWindows / windows.size());
        }
    }

    private void take(BatchReader reader, PageBuffer page, List<PageAssembler> assemblers, long skip, int count) {
        long toSkip = skip;
        boolean ended = false;
        while (!ended && reader.next(batch)) {
            int from = (int) Math.min(toSkip, batch.count());
            toSkip -= from;
            if (page.count() == 0) {
                from = rowStart(from);
            }
            int to = from;
            while (to < batch.count() && !(startsRow(to) && page.count() + to - from >= count)) {
                to++;
            }
            ended = to < batch.count();
            take(page, assemblers, from, to);
        }
    }

    private void take(PageBuffer page, List<PageAssembler> assemblers, int from, int to) {
        int valuesFrom = valuesBefore(from);
        int values = valuesBefore(to) - valuesFrom;
        int rows = 0;
        for (int i = from; i < to; i++) {
            rows += startsRow(i) ? 1 : 0;
        }
        if (to > from) {
            assemblers.forEach(assembler -> assembler.add(batch, from, valuesFrom, to - from));
            page.appendLevels(batch, from, to - from, rows, plainSize(valuesFrom, values));
            if (distinct != null) {
                distinct.encode(batch, valuesFrom, values, page.reserveIndices(values), page.values());
            }
            page.appended(values);
        }
    }

    private boolean startsRow(int triplet) {
        return leaf.maxRepetitionLevel() == 0 || batch.repetitionLevels()[triplet] == 0;
    }

    private int rowStart(int triplet) {
        int start = triplet;
        while (start < batch.count() && !startsRow(start)) {
            start++;
        }
        return start;
    }

    private int valuesBefore(int triplet) {
        if (leaf.maxDefinitionLevel() == 0) {
            return triplet;
        }
        int found = 0;
        for (int i = 0; i < triplet; i++) {
            found += batch.definitionLevels()[i] == leaf.maxDefinitionLevel() ? 1 : 0;
        }
        return found;
    }

    private long plainSize(int from, int count) {
        if (leaf.valueWidth() >= 0) {
            return (long) count * leaf.valueWidth();
        }
        long size = (long) count * Integer.BYTES;
        for (int i = from; i < from + count; i++) {
            size += batch.lengths()[i];
        }
        return size;
    }

    private long plainBytes(PageBuffer page) {
        return leaf.type() == PhysicalType.BOOLEAN ? page.values() + 7L >>> 3 : page.plainBytes();
    }

    private int distinctIn(PageBuffer page) {
        if (distinct == null) {
            return 0;
        }
        BitSet seen = new BitSet(distinct.size());
        for (int i = 0; i < page.values(); i++) {
            seen.set(page.indices()[i]);
        }
        return seen.cardinality();
    }

    private static void encodeLevels(int[] levels, int count, int max, ByteArrayBuilder out) {
        if (max > 0) {
            HybridEncoder.encode(levels, 0, count, BitWidth.of(max), out);
        }
    }

    /** Adds up what an encoding's pages take. */
    private final class SizeSink implements PageSink {
        private final Encoding encoding;
        private final Map<Encoding, EncodedSize> sizes;

        SizeSink(Encoding encoding, Map<Encoding, EncodedSize> sizes) {
            this.encoding = encoding;
            this.sizes = sizes;
            sizes.put(encoding, EncodedSize.NONE);
        }

        @Override
        public void dataPage(RecodedPage page) {
            EncodedPage made = page.encoded(encoder);
            sizes.merge(encoding, sizeOf(made), EncodedSize::plus);
        }

        @Override
        public void dictionary(int entryCount, byte[] plain, int length, Encoding pageEncoding) {
            throw new IllegalStateException("no dictionary was asked for");
        }
    }

    private static EncodedSize sizeOf(EncodedPage page) {
        return new EncodedSize(page.headerLength() + (long) page.header().uncompressedSize(), page.length());
    }

    /** The windows added, in order. */
    public List<SampleWindow> windows() {
        return List.copyOf(windows);
    }

    /**
     * Data pages of a window as indices into a dictionary of up to 2^{@code bitWidth} entries, without the dictionary.
     *
     * @param window its number, from 0
     * @param bitWidth bits of an index; those that the windows' own different values need, at least
     * @throws IllegalStateException for BOOLEAN and values of no bytes, which have no dictionary
     */
    public EncodedSize indexPages(int window, int bitWidth) {
        requireDictionary();
        Kept values = kept.get(window);
        PageBuffer page = values.page;
        indices.clear();
        indices.append(bitWidth);
        HybridEncoder.encode(page.indices(), 0, page.values(), bitWidth, indices);
        return sizeOf(encoder.dataPage(
                Encoding.RLE_DICTIONARY.value(),
                new PageCounts(page.count(), page.rows(), page.count() - page.values()),
                values.repetition,
                values.definition,
                indices));
    }

    private DictionaryBuilder requireDictionary() {
        if (distinct == null) {
            throw new IllegalStateException("values of type " + leaf.type() + " have no dictionary");
        }
        return distinct;
    }

    /**
     * Of each window, what is counted of its values without those that are frequent in all windows together; nothing for
     * BOOLEAN and values of no bytes.
     */
    public List<DistinctCounts> rare() {
        if (distinct == null) {
            return Collections.nCopies(kept.size(), new DistinctCounts(0, 0, 0));
        }
        return DistinctCounts.ofRare(kept.stream().map(window -> window.page).toList(), distinct());
    }

    /** Different values in all windows, by their bits; 0 for BOOLEAN and values of no bytes. */
    public int distinct() {
        return distinct == null ? 0 : distinct.size();
    }

    /** Bytes of the different values of all windows, in encoding PLAIN. */
    public long distinctBytes() {
        return distinct == null ? 0 : distinct.plainSize();
    }

    /** Bytes of different values for which there is room. */
    int distinctRoom() {
        return requireDictionary().plain().length;
    }

    /**
     * The dictionary page that would hold the different values of all windows. What is larger than 1 MiB is compressed
     * in pieces of that size, for the sake of memory: hardly larger than in one.
     *
     * @throws IllegalStateException as above
     */
    public EncodedSize dictionaryPage() {
        DictionaryBuilder entries = requireDictionary();
        byte[] plain = entries.plain();
        int length = entries.plainSize();
        long header = 0;
        long compressed = 0;
        for (int from = 0; from < length || header == 0; from += PIECE) {
            EncodedPage page = encoder.dictionaryPage(
                    plain, from, Math.min(PIECE, length - from), entries.size(), Encoding.PLAIN.value());
            header = page.headerLength();
            compressed += page.header().compressedSize();
        }
        return new EncodedSize(header + length, header + compressed);
    }

    @Override
    public void close() {
        codec.close();
    }
}
