package io.glulam.adapt;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.error.VerificationFailed;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageType;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageCounts;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;
import io.glulam.page.PageStream;
import io.glulam.page.PageWalker;
import io.glulam.page.codec.PageCodec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes a chunk with other definition levels: puts them in front of the values of each page, which are not decoded. Each
 * page made is read again and held against the source's. For one chunk; not thread-safe.
 */
final class LevelChanger {
    private final SourceColumn source;
    private final Leaf target;
    private final int[] map;
    private final ChunkOutput output;
    private final PageForm form;
    private final LevelClaims claims;
    private final Map<PageForm, PageEncoder> encoders = new HashMap<>();
    private final PageLevels repetition = new PageLevels();
    private final PageLevels definition = new PageLevels();
    private final PageLevels found = new PageLevels();
    private final ByteArrayBuilder repetitionBytes = new ByteArrayBuilder(256);
    private final ByteArrayBuilder definitionBytes = new ByteArrayBuilder(256);
    private final ByteArrayBuilder values = new ByteArrayBuilder(1 << 12);

    /** @param map of each definition level in the source, that in the output */
    LevelChanger(SourceColumn source, Leaf target, int[] map, ChunkSink sink) {
        this.source = source;
        this.target = target;
        this.map = map;
        this.form = source.form(1, false);
        this.output = new ChunkOutput(target, form.codec(), sink);
        this.claims = new LevelClaims(source, target.maxDefinitionLevel());
    }

    ColumnChunk make(long bloomFilterOffset) {
        if (source.chunk().valueCount() > 0) {
            try (PageCodec old = source.file().codecs().ofChunk(source.chunk().codec());
                    PageCodec codec = form.newCodec(source.file().codecs())) {
                addPages(source.file().bodies(old), codec);
            }
        }
        if (!claims.indexHolds()) {
            output.dropColumnIndex();
        }
        return output.finish(
                claims.statistics(),
                claims.sizes(),
                source.chunk().keyValueMetadata(),
                bloomFilterOffset,
                source.chunk().bloomFilterLength());
    }

    private void addPages(PageBodyReader bodies, PageCodec codec) {
        PageWalker walker = source.pages();
        for (PageHeader header = walker.next(); header != null; header = walker.next()) {
            boolean dictionary = header.type() == PageType.DICTIONARY_PAGE;
            if (dictionary || header.isData() && header.valueCount() > 0) {
                PageStream.Page page =
                        bodies.readPage(walker.position(), walker.headerLength(), header.compressedSize());
                if (dictionary) {
                    addDictionary(page, codec);
                } else {
                    addData(page, codec);
                }
            } else if (!header.isData() && header.type() != PageType.INDEX_PAGE) {
                throw new Unsupported(
                        Place.at(walker.position()),
                        "a page of type " + header.type() + ", which this version does not know");
            }
        }
    }

    private void addDictionary(PageStream.Page page, PageCodec codec) {
        PageHeader header = page.header();
        EncodedPage made = encoder(header, codec)
                .dictionaryPage(page.body(), header.uncompressedSize(), header.valueCount(), header.encoding());
        byte[] body = source.unpacked(made, codec).body();
        if (!Arrays.equals(body, 0, header.uncompressedSize(), page.body(), 0, header.uncompressedSize())) {
            throw new VerificationFailed(Place.at(page.position()), "the dictionary made of this one is another");
        }
        output.dictionary(made);
    }

    private void addData(PageStream.Page page, PageCodec codec) {
        PageHeader header = page.header();
        Leaf leaf = source.leaf();
        PageSections parts = PageSections.of(header, leaf, page.body(), page.from(), page.length());
        int count = header.valueCount();
        readRepetition(repetition, header, parts, page.body());
        definition.read(
                page.body(),
                parts.definitionFrom(),
                parts.definitionLength(),
                header.levels().definitionEncoding(),
                leaf.maxDefinitionLevel(),
                count);
        long[] before = definition.histogram(leaf.maxDefinitionLevel());
        definition.map(map);
        int nulls = count - definition.countEqual(target.maxDefinitionLevel());
        int begun = repetition.countEqual(0);
        boolean beginsRow = repetition.get(0) == 0;
        EncodedPage made = encode(page, parts, begun, nulls, codec);
        check(page, parts, made, codec);
        output.dataPage(
                version(header),
                made,
                beginsRow ? begun : -1,
                claims.add(
                        count,
                        nulls,
                        before,
                        repetition.histogram(leaf.maxRepetitionLevel()),
                        definition.histogram(target.maxDefinitionLevel())));
    }

    private void readRepetition(PageLevels levels, PageHeader header, PageSections parts, byte[] body) {
        levels.read(
                body,
                parts.repetitionFrom(),
                parts.repetitionLength(),
                header.levels().repetitionEncoding(),
                target.maxRepetitionLevel(),
                header.valueCount());
    }

    private EncodedPage encode(PageStream.Page page, PageSections parts, int rows, int nulls, PageCodec codec) {
        PageHeader header = page.header();
        repetitionBytes.clear();
        repetition.write(target.maxRepetitionLevel(), repetitionBytes);
        definitionBytes.clear();
        definition.write(target.maxDefinitionLevel(), definitionBytes);
        values.clear();
        values.append(page.body(), parts.valuesFrom(), parts.valuesLength());
        PageCounts counts = new PageCounts(header.valueCount(), rows, nulls);
        return encoder(header, codec).dataPage(header.encoding(), counts, repetitionBytes, definitionBytes, values);
    }

    private PageEncoder encoder(PageHeader header, PageCodec codec) {
        PageForm wanted = source.form(version(header), header.crc() != null);
        return encoders.computeIfAbsent(wanted, absent -> new PageEncoder(target, codec, absent));
    }

    private static int version(PageHeader header) {
        return header.type() == PageType.DATA_PAGE_V2 ? 2 : 1;
    }

    /** Reads the made page as a reader would: it must have the levels that it should, and the source's bytes of values. */
    private void check(PageStream.Page page, PageSections parts, EncodedPage made, PageCodec codec) {
        PageStream.Page read = source.unpacked(made, codec);
        PageHeader header = read.header();
        PageSections sections = PageSections.of(header, target, read.body(), read.from(), read.length());
        boolean same = header.valueCount() == page.header().valueCount()
                && header.encoding() == page.header().encoding()
                && Arrays.equals(
                        read.body(),
                        sections.valuesFrom(),
                        sections.valuesFrom() + sections.valuesLength(),
                        page.body(),
                        parts.valuesFrom(),
                        parts.valuesFrom() + parts.valuesLength());
        readRepetition(found, header, sections, read.body());
        same &= found.isSame(repetition);
        found.read(
                read.body(),
                sections.definitionFrom(),
                sections.definitionLength(),
                Encoding.RLE.value(),
                target.maxDefinitionLevel(),
                header.valueCount());
        if (!same || !found.isSame(definition)) {
            throw new VerificationFailed(
                    Place.at(page.position()), "the page with other levels does not hold this page's values");
        }
    }
}
