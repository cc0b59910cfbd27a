package io.glulam.adapt;

import io.glulam.decode.BatchReader;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.error.VerificationFailed;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageType;
import io.glulam.format.ThriftReader;
import io.glulam.page.EncodedPage;
import io.glulam.page.LevelReader;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;
import io.glulam.page.PageStream;
import io.glulam.page.PageWalker;
import io.glulam.page.RepetitionLevels;
import io.glulam.page.codec.PageCodec;
import io.glulam.recode.RecodedPage;
import io.glulam.recode.RowRemover;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a chunk without some of its rows: pages without such rows move as they are, pages of nothing else go, and the
 * others are decoded and written anew, in their encoding and beside the same dictionary. Each page made is decoded again
 * and held against the source's, row by row. For one chunk; not thread-safe.
 */
final class ChunkCutter {
    private final SourceColumn source;
    private final Leaf leaf;
    private final BitSet deleted;
    private final ChunkOutput output;
    private final CutClaims claims;
    private final RowRemover remover;
    private final CutCheck check;
    private final PageForm form;
    private final Map<PageForm, PageEncoder> encoders = new HashMap<>();
    private final RowSurvey survey;
    private final PageFeed feed;
    private final BatchReader reader;
    private @Nullable Codecs codecs;
    private PageStream.@Nullable Page current;
    private PagePlace dictionary = PagePlace.NONE;
    private boolean usesDictionary;
    private boolean boundsHold;
    private int page;
    private long rowsLeft;
    private long moved;
    private long cut;
    private long dropped;

    /** Where a page lies. */
    private record PagePlace(long position, int headerLength, int bodyLength) {
        static final PagePlace NONE = new PagePlace(-1, 0, 0);
    }

    /** Opened for one chunk. */
    private record Codecs(
            PageCodec reading,
            PageCodec writing,
            PageBodyReader bodies,
            PageBodyReader dictionaries,
            LevelReader levels)
            implements AutoCloseable {
        @Override
        public void close() {
            reading.close();
            writing.close();
            levels.close();
        }
    }

    /**
     * @param deleted rows of the row group; some, but not all of them
     * @throws Unsupported if the chunk's codec is not written, so that pages beside those that move cannot be made
     */
    ChunkCutter(SourceColumn source, BitSet deleted, ChunkSink sink) {
        this.source = source;
        this.leaf = source.leaf();
        this.deleted = deleted;
        this.form = source.form(1, false);
        if (form.codec().ordinal() != source.chunk().codec()) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "rows are deleted in a column of a codec that is not written",
                    "rewrite the file with the table's own engine");
        }
        this.output = new ChunkOutput(leaf, form.codec(), sink);
        this.claims = new CutClaims(source);
        this.survey = new RowSurvey(deleted, source.rows());
        this.remover = new RowRemover(leaf, form.singleIndexRun(), deleted, this::add);
        this.feed = new PageFeed(this::dictionaryPage);
        String writer = source.file().footer().createdBy();
        this.reader = BatchReader.ofPart(leaf, feed, writer);
        this.check = new CutCheck(leaf, deleted, this::dictionaryPage, writer);
    }

    /**
     * Makes the chunk, its page index included.
     *
     * @param bloomFilterOffset where the bloom filter of the source's chunk lies beside the made chunk; 0 for none
     */
    ColumnChunk make(long bloomFilterOffset) {
        try (Codecs opened = open()) {
            codecs = opened;
            walk(place -> {}, this::survey);
            survey.requireAll();
            walk(this::copyDictionary, this::add);
            requireRows();
            boundsHold = claims.boundsHold(remover);
            if (!boundsHold) {
                walk(place -> {}, (header, place) -> measure(place));
            }
        }
        if (!claims.indexHolds()) {
            output.dropColumnIndex();
        }
        return output.finish(
                claims.statistics(remover, !boundsHold),
                claims.sizes(remover),
                source.chunk().keyValueMetadata(),
                bloomFilterOffset,
                source.chunk().bloomFilterLength());
    }

    CutPages pages() {
        return new CutPages(moved, cut, dropped);
    }

    private Codecs open() {
        PageCodec reading = source.file().codecs().ofChunk(source.chunk().codec());
        return new Codecs(
                reading,
                form.newCodec(source.file().codecs()),
                source.file().bodies(reading),
                source.file().bodies(reading),
                source.file().levels(leaf, source.chunk().codec()));
    }

    private Codecs codecs() {
        Codecs opened = codecs;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    private interface DataPages {
        void accept(PageHeader header, PagePlace place);
    }

    private interface Dictionaries {
        void accept(PagePlace place);
    }

    private void walk(Dictionaries dictionaries, DataPages data) {
        page = 0;
        PageWalker walker = source.pages();
        for (PageHeader header = walker.next(); header != null; header = walker.next()) {
            PagePlace place = new PagePlace(walker.position(), walker.headerLength(), header.compressedSize());
            if (header.type() == PageType.DICTIONARY_PAGE) {
                dictionaries.accept(place);
            } else if (header.isData() && header.valueCount() > 0) {
                data.accept(header, place);
                page++;
            } else if (!header.isData() && header.type() != PageType.INDEX_PAGE) {
                throw new Unsupported(
                        Place.at(walker.position()),
                        "a page of type " + header.type() + ", which this version does not know");
            }
        }
    }

    private void copyDictionary(PagePlace place) {
        dictionary = place;
        if (usesDictionary) {
            output.dictionary(stored(place, 0));
        }
    }

    private PageStream.@Nullable Page dictionaryPage() {
        PagePlace place = dictionary;
        return place.position() < 0
                ? null
                : codecs().dictionaries().readPage(place.position(), place.headerLength(), place.bodyLength());
    }

    private EncodedPage stored(PagePlace place, int rowCount) {
        byte[] bytes = new byte[Math.addExact(place.headerLength(), place.bodyLength())];
        source.file().bytes().read(place.position(), bytes, 0, bytes.length);
        PageHeader header = PageHeader.read(new ThriftReader(bytes, 0, place.headerLength(), place.position()));
        if (header.compressedSize() != place.bodyLength()) {
            throw new CorruptFile(Place.at(place.position()), "a page header that changed between two reads");
        }
        return new EncodedPage(header, bytes, place.headerLength(), rowCount, 0);
    }

    private void survey(PageHeader header, PagePlace place) {
        int begun = header.valueCount();
        boolean startsRow = true;
        if (leaf.maxRepetitionLevel() > 0) {
            RepetitionLevels levels = codecs().levels().read(place.position(), place.headerLength(), header);
            begun = levels.rows();
            startsRow = levels.startsRow();
        }
        RowSurvey.Fate fate = survey.add(begun, startsRow, place.position());
        usesDictionary |= fate != RowSurvey.Fate.DROPPED && Encoding.isDictionary(header.encoding());
    }

    private void add(PageHeader header, PagePlace place) {
        switch (survey.fate(page)) {
            case MOVED -> move(header, place, survey.startsRow(page) ? survey.begun(page) : -1);
            case CUT -> {
                cut++;
                cut(header, place);
            }
            case DROPPED -> {
                dropped++;
                cut(header, place);
            }
        }
    }

    private void move(PageHeader header, PagePlace place, int rowCount) {
        moved++;
        rowsLeft += survey.begun(page);
        boolean version2 = header.type() == PageType.DATA_PAGE_V2;
        boolean packedRepetition = !version2
                && leaf.maxRepetitionLevel() > 0
                && header.levels().repetitionEncoding() == Encoding.BIT_PACKED.value();
        boolean packedDefinition = !version2
                && leaf.maxDefinitionLevel() > 0
                && header.levels().definitionEncoding() == Encoding.BIT_PACKED.value();
        output.movedLevels(
                !packedRepetition && leaf.maxRepetitionLevel() > 0
                        || !packedDefinition && leaf.maxDefinitionLevel() > 0,
                packedRepetition || packedDefinition);
        output.dataPage(version2 ? 2 : 1, stored(place, rowCount), rowCount, claims.moved(header));
    }

    private void cut(PageHeader header, PagePlace place) {
        Encoding encoding = Encoding.of(header.encoding());
        if (encoding == null || !source.file().trust().trustsPagesOf(header.encoding())) {
            throw new Unsupported(
                    Place.at(place.position()),
                    "rows are deleted in a page of encoding " + Encoding.nameOf(header.encoding())
                            + ", whose values cannot be read without other pages",
                    "rewrite the file with the table's own engine");
        }
        claims.pass();
        PageStream.Page before = codecs().bodies().readPage(place.position(), place.headerLength(), place.bodyLength());
        PageSections parts = PageSections.of(before.header(), leaf, before.body(), before.from(), before.length());
        int width = encoding.isDictionary() && parts.valuesLength() > 0 ? before.body()[parts.valuesFrom()] & 0xff : 0;
        current = before;
        check.begin(before, survey.rowsBefore(page));
        feed.put(before);
        remover.cut(
                reader,
                new RowRemover.PageEncoding(header.type() == PageType.DATA_PAGE_V2 ? 2 : 1, encoding, width),
                survey.rowsBefore(page));
        check.end();
    }

    /** Takes a page that was cut. */
    private void add(RecodedPage recoded, boolean startsRow) {
        PageStream.Page before = current;
        if (before == null) {
            throw new IllegalStateException("no page is being cut");
        }
        PageForm wanted = source.form(recoded.version(), before.header().crc() != null);
        EncodedPage made = recoded.encoded(
                encoders.computeIfAbsent(wanted, absent -> new PageEncoder(leaf, codecs().writing(), absent)));
        check.hold(source.unpacked(made, codecs().writing()));
        output.movedLevels(true, false);
        int rows = recoded.counts().rows();
        output.dataPage(recoded.version(), made, startsRow ? rows : -1, recoded.summary());
        rowsLeft += rows;
    }

    private void requireRows() {
        if (rowsLeft != source.rows() - deleted.cardinality()) {
            throw new VerificationFailed(Place.UNKNOWN, "other rows were deleted than those that were to be");
        }
    }

    /** Takes the bounds of a page that moved, unless those before it hold the bounds that the source states. */
    private void measure(PagePlace place) {
        if (!boundsHold && survey.fate(page) == RowSurvey.Fate.MOVED) {
            feed.put(codecs().bodies().readPage(place.position(), place.headerLength(), place.bodyLength()));
            remover.keep(reader);
            boundsHold = claims.boundsHold(remover);
        }
    }
}
