package io.glulam.adapt;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;
import io.glulam.page.PageStream;
import io.glulam.page.PageWalker;
import io.glulam.page.codec.PageCodec;
import io.glulam.schema.ColumnFit;
import io.glulam.statistics.PageSummary;

/**
 * Makes the chunk of a column that the source does not have: nulls, one for each instance of the group around the column.
 * At the root that is one a row; below, the levels of another column of the group tell. For one chunk; not thread-safe.
 */
final class NullMaker {
    /** Readers filter by pages, and merged pages are never divided. */
    private static final int PAGE_ROWS = 20_000;

    private final SourceColumn sibling;
    private final Leaf target;
    private final ColumnFit.Missing fit;
    private final int encoding;
    private final ChunkOutput output;
    private final int version;
    private final PageForm form;
    private final PageLevels repetition = new PageLevels();
    private final PageLevels definition = new PageLevels();
    private final long[] repetitionTotal;
    private final long[] definitionTotal;
    private long nulls;

    NullMaker(SourceColumn sibling, AdaptedColumn column, ColumnFit.Missing fit, ChunkSink sink) {
        this.sibling = sibling;
        this.target = column.target();
        this.fit = fit;
        this.encoding = column.dictionaryEncoding() < 0 ? Encoding.PLAIN.value() : column.dictionaryEncoding();
        this.version = sibling.pageVersion();
        this.form = sibling.form(version, false);
        this.output = new ChunkOutput(target, form.codec(), sink);
        this.repetitionTotal = new long[target.maxRepetitionLevel() + 1];
        this.definitionTotal = new long[target.maxDefinitionLevel() + 1];
    }

    ColumnChunk make() {
        try (PageCodec codec = form.newCodec(sibling.file().codecs())) {
            PageEncoder encoder = new PageEncoder(target, codec, form);
            if (sibling.rows() > 0 && ChunkOutput.isIndexed(encoding)) {
                // Without entries: any dictionary begins with it.
                int plain = encoding == Encoding.PLAIN_DICTIONARY.value() ? encoding : Encoding.PLAIN.value();
                output.dictionary(encoder.dictionaryPage(new byte[0], 0, 0, plain));
            }
            boolean oneARow = fit.maxRepetitionLevel() == 0 && isConstant(fit.levels());
            if (oneARow) {
                addRows(encoder);
            } else {
                followSibling(encoder);
            }
        }
        return output.finish(
                Statistics.NONE.withNullCount(nulls),
                new SizeStatistics(
                        target.type() == PhysicalType.BYTE_ARRAY ? 0 : -1,
                        repetitionTotal.length > 1 ? repetitionTotal : new long[0],
                        definitionTotal),
                null,
                0,
                -1);
    }

    private static boolean isConstant(int[] levels) {
        for (int level : levels) {
            if (level != levels[0]) {
                return false;
            }
        }
        return true;
    }

    private void addRows(PageEncoder encoder) {
        for (long left = sibling.rows(); left > 0; left -= PAGE_ROWS) {
            repetition.clear();
            definition.clear();
            for (int i = 0; i < Math.min(left, PAGE_ROWS); i++) {
                repetition.add(0);
                definition.add(fit.levels()[0]);
            }
            addPage(encoder);
        }
    }

    /** One page for each of the sibling's, unless that only goes on with what began before. */
    private void followSibling(PageEncoder encoder) {
        if (sibling.chunk().valueCount() == 0) {
            return;
        }
        try (PageCodec codec = sibling.file().codecs().ofChunk(sibling.chunk().codec())) {
            PageBodyReader bodies = sibling.file().bodies(codec);
            PageWalker walker = sibling.pages();
            for (PageHeader header = walker.next(); header != null; header = walker.next()) {
                if (header.isData() && header.valueCount() > 0) {
                    read(bodies.readPage(walker.position(), walker.headerLength(), header.compressedSize()));
                    if (definition.count() > 0) {
                        addPage(encoder);
                    }
                }
            }
        }
    }

    private void read(PageStream.Page page) {
        PageHeader header = page.header();
        Leaf leaf = sibling.leaf();
        PageSections parts = PageSections.of(header, leaf, page.body(), page.from(), page.length());
        PageLevels repetitions = new PageLevels();
        repetitions.read(
                page.body(),
                parts.repetitionFrom(),
                parts.repetitionLength(),
                header.repetitionLevelEncoding(),
                leaf.maxRepetitionLevel(),
                header.valueCount());
        PageLevels definitions = new PageLevels();
        definitions.read(
                page.body(),
                parts.definitionFrom(),
                parts.definitionLength(),
                header.definitionLevelEncoding(),
                leaf.maxDefinitionLevel(),
                header.valueCount());
        repetition.clear();
        definition.clear();
        for (int i = 0; i < repetitions.count(); i++) {
            if (repetitions.get(i) <= fit.maxRepetitionLevel()) {
                repetition.add(repetitions.get(i));
                definition.add(fit.levels()[definitions.get(i)]);
            }
        }
    }

    private void addPage(PageEncoder encoder) {
        ByteArrayBuilder repetitionBytes = new ByteArrayBuilder(64);
        ByteArrayBuilder definitionBytes = new ByteArrayBuilder(64);
        ByteArrayBuilder values = new ByteArrayBuilder(1);
        repetition.write(target.maxRepetitionLevel(), repetitionBytes);
        definition.write(target.maxDefinitionLevel(), definitionBytes);
        if (ChunkOutput.isIndexed(encoding)) {
            values.append(0); // Indices of no bits.
        }
        int count = definition.count();
        int rows = repetition.countEqual(0);
        EncodedPage page = encoder.dataPage(encoding, count, rows, count, repetitionBytes, definitionBytes, values);
        long[] repetitions = repetition.histogram(target.maxRepetitionLevel());
        long[] definitions = definition.histogram(target.maxDefinitionLevel());
        add(repetitions, repetitionTotal);
        add(definitions, definitionTotal);
        nulls += count;
        output.dataPage(
                version,
                page,
                repetition.get(0) == 0 ? rows : -1,
                new PageSummary(
                        count,
                        count,
                        0,
                        true,
                        null,
                        null,
                        repetitions.length > 1 ? repetitions : new long[0],
                        definitions));
    }

    private static void add(long[] more, long[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }
}
