package io.glulam.execute;

import io.glulam.decode.BatchDigest;
import io.glulam.decode.BatchReader;
import io.glulam.decode.ColumnBatch;
import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Statistics;
import io.glulam.page.BodyArrays;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageStream;
import io.glulam.page.codec.PageCodec;
import io.glulam.pipeline.Piece;
import io.glulam.pipeline.Spool;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Recoding;
import io.glulam.plan.Sample;
import io.glulam.plan.Settings;
import io.glulam.recode.ColumnRecoder;
import io.glulam.recode.PageSink;
import io.glulam.recode.RecodeSettings;
import io.glulam.recode.RecodedChunk;
import io.glulam.recode.RecodedPage;
import io.glulam.recode.ValueBloomFilter;
import io.glulam.shape.BloomFilterForm;
import io.glulam.source.FragmentChunk;
import io.glulam.source.SourceChunk;
import io.glulam.splice.ChunkBuilder;
import io.glulam.splice.StoredPage;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.BloomFilter;
import io.glulam.statistics.BloomFilterResult;
import io.glulam.statistics.PageSummary;
import io.glulam.storage.ByteRange;
import io.glulam.storage.MemorySpool;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One column of a merged row group decoded and encoded anew, waiting in a spool because its dictionary, known last, is
 * written first. What was written is decoded again before it is handed over and held against a digest of what was read.
 */
final class RecodedColumn implements Piece<WrittenRowGroups> {
    /** Bytes that are spooled in memory. */
    static final int SPOOL_MEMORY = 1 << 20;

    /** The description of a spooled page. */
    private record SpooledPage(StoredPage stored, PageSummary summary) {}

    private final SurveyedColumn column;
    private final Leaf leaf;
    private final PageForm form;
    private final @Nullable BloomFilterForm askedFilter;
    private final MergedColumns output;
    private final Spool spool;
    private final List<SpooledPage> pages = new ArrayList<>();
    private @Nullable EncodedPage dictionary;
    private int dictionaryEntries;
    private @Nullable RecodedChunk chunk;
    private @Nullable BloomFilter bloomFilter;

    private RecodedColumn(
            SurveyedColumn column,
            PageForm form,
            @Nullable BloomFilterForm askedFilter,
            RangeSpool.Factory overflows,
            MergedColumns output) {
        this.column = column;
        this.leaf = column.leaf();
        this.form = form;
        this.askedFilter = askedFilter;
        this.output = output;
        this.spool = new Spool(SPOOL_MEMORY, overflows);
    }

    /** Recodes a column and checks the result, of which {@code output} will hear when it is written. */
    static RecodedColumn recode(
            ExecutionContext run, SurveyedColumn column, PageForm form, ColumnPlan plan, MergedColumns output) {
        RecodedColumn recoded =
                new RecodedColumn(column, form, run.bloomFilter(column.leaf()), run.resources()::newOverflow, output);
        return recode(recoded, recodeSettings(column.leaf(), form, plan, run.settings()), UnaryOperator.identity());
    }

    /** As above, in memory; what is written goes through {@code between}, so that tests can break it. */
    static RecodedColumn recode(
            SurveyedColumn column,
            PageForm form,
            RecodeSettings settings,
            MergedColumns output,
            UnaryOperator<PageSink> between) {
        return recode(
                new RecodedColumn(column, form, null, () -> new MemorySpool(Long.MAX_VALUE), output),
                settings,
                between);
    }

    private static RecodedColumn recode(
            RecodedColumn recoded, RecodeSettings settings, UnaryOperator<PageSink> between) {
        try (PageCodec codec = recoded.form.newCodec(recoded.column.file().codecs())) {
            BodyArrays arrays = new BodyArrays();
            BatchDigest expected = recoded.encode(settings, codec, between, arrays);
            recoded.check(expected, codec, arrays, recoded.emptyBloomFilter(settings));
            return recoded;
        } catch (RuntimeException | Error failure) {
            recoded.close();
            throw failure;
        }
    }

    private static RecodeSettings recodeSettings(Leaf leaf, PageForm form, ColumnPlan plan, Settings settings) {
        Recoding recoding = Objects.requireNonNull(plan.recoding());
        Sample sample = plan.sample();
        return new RecodeSettings(
                form.version(),
                recoding.values(),
                recoding.indices(),
                settings.recodedDictionaryBytes(leaf.valueWidth()),
                settings.pageBytes(),
                settings.pageRows(),
                sample == null ? -1 : sample.distinct());
    }

    /** Digest of what was read; all that encoding needs is left to the collector. */
    private BatchDigest encode(
            RecodeSettings settings, PageCodec codec, UnaryOperator<PageSink> between, BodyArrays arrays) {
        PageSink sink = between.apply(new Pages(new PageEncoder(leaf, codec, form)));
        ColumnRecoder recoder = new ColumnRecoder(leaf, settings, sink);
        for (FragmentChunk fragment : column.fragments()) {
            // A short chunk is read once, its headers and its pages.
            FragmentChunk held = FragmentChunk.holding(List.of(fragment)).get(0);
            try (SourceChunk source = new SourceChunk(held.file(), held.chunk(), arrays)) {
                recoder.add(source, fragment.createdBy(), fragment.rows());
            }
        }
        chunk = recoder.finish();
        return recoder.digest();
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
            spool.append(made.bytes(), 0, made.length());
            pages.add(new SpooledPage(
                    StoredPage.of(form.version(), made, page.counts().rows()), page.summary()));
        }

        @Override
        public void dictionary(int entryCount, byte[] plain, int length, Encoding encoding) {
            dictionaryEntries = entryCount;
            dictionary = encoder.dictionaryPage(plain, length, entryCount, encoding.value());
        }
    }

    /** The recoded chunk's facts. */
    RecodedChunk chunk() {
        return Objects.requireNonNull(chunk);
    }

    /** To be filled, in the size for as many different values as were counted or, else, are expected. */
    private @Nullable ValueBloomFilter emptyBloomFilter(RecodeSettings settings) {
        boolean wanted = askedFilter != null || BloomFilters.wereIn(column);
        if (leaf.type() == PhysicalType.BOOLEAN || !wanted) {
            return null;
        }
        boolean counted = dictionary != null
                && pages.stream()
                        .allMatch(page -> Encoding.isDictionary(page.stored().encoding()));
        long distinct = dictionaryEntries;
        if (!counted) {
            long values = pages.stream()
                    .mapToLong(
                            page -> page.summary().valueCount() - page.summary().nullCount())
                    .sum();
            boolean estimated = askedFilter == null && settings.expectedDistinct() >= 0;
            distinct = estimated ? Math.min(values, settings.expectedDistinct()) : values;
        }
        if (askedFilter != null) {
            return ValueBloomFilter.of(
                    leaf, distinct, askedFilter.falsePositiveRate(), BloomFilters.longest(askedFilter));
        }
        return new ValueBloomFilter(leaf, distinct, BloomFilters.MAX_LENGTH);
    }

    /** Decodes what was written, holds it against what was read, and fills the bloom filter with it. */
    private void check(BatchDigest expected, PageCodec codec, BodyArrays arrays, @Nullable ValueBloomFilter filter) {
        BatchDigest found = new BatchDigest(leaf);
        ColumnBatch batch = new ColumnBatch(leaf);
        try (BatchReader reader = new BatchReader(leaf, writtenPages(codec, arrays), null)) {
            while (reader.next(batch)) {
                found.add(batch);
                if (filter != null) {
                    filter.add(batch);
                }
            }
        }
        if (!found.matches(expected)) {
            throw new VerificationFailed(
                    new Place(column.file().name(), -1, leaf.name(), -1),
                    "the recoded column does not hold the sources' values");
        }
        bloomFilter = filter == null ? null : finished(filter).filter();
    }

    private BloomFilterResult finished(ValueBloomFilter filter) {
        return askedFilter == null ? filter.result() : filter.folded(askedFilter.falsePositiveRate());
    }

    private PageStream writtenPages(PageCodec codec, BodyArrays arrays) {
        long longest =
                pages.stream().mapToLong(page -> page.stored().length()).max().orElse(0);
        EncodedPage first = dictionary;
        return new SpooledPages(spool, codec, Math.toIntExact(longest), first, arrays);
    }

    @Override
    public void writeTo(Consumer<ByteBuffer> out) {
        if (dictionary != null) {
            out.accept(ByteBuffer.wrap(dictionary.bytes()));
        }
        spool.writeTo(out);
    }

    @Override
    public void describe(WrittenRowGroups written, ByteRange place) {
        Statistics whole = boundedAsBefore(chunk().statistics());
        ChunkBuilder builder = new ChunkBuilder(leaf, form.codec().ordinal());
        describePages(builder, place.start(), whole);
        output.add(column, builder, whole, chunk().sizeStatistics(), bloomFilter, written, place.end());
    }

    /** Returns the statistics that were computed, with the sources' bounds where those alone would change what readers find. */
    private Statistics boundedAsBefore(Statistics computed) {
        return SourceBounds.areNeeded(leaf, computed)
                ? SourceBounds.of(new MergedClaims(column).statistics(), leaf, computed, chunk().besideNaN())
                : computed;
    }

    /** @param whole of the chunk; its bounds hold for pages that have none of their own */
    private void describePages(ChunkBuilder builder, long position, Statistics whole) {
        long at = position;
        if (dictionary != null) {
            builder.dictionary(dictionary, at);
            at += dictionary.length();
        }
        for (SpooledPage page : pages) {
            builder.dataPage(page.stored(), bounded(page.summary(), whole), at);
            at += page.stored().storedLength();
        }
    }

    private static PageSummary bounded(PageSummary page, Statistics whole) {
        if (page.min() != null || Boolean.TRUE.equals(page.allNull())) {
            return page;
        }
        return new PageSummary(
                page.valueCount(),
                page.nullCount(),
                page.nanCount(),
                page.allNull(),
                whole.minValue(),
                whole.maxValue(),
                page.repetitionLevels(),
                page.definitionLevels());
    }

    @Override
    public void close() {
        spool.close();
    }
}
