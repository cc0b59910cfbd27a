package io.glulam.adapt;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageCounts;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.codec.PageCodec;
import io.glulam.schema.ColumnFit;
import io.glulam.statistics.PageSummary;

/**
 * Makes the chunk of a column that the source does not have: nulls, one for each instance of the group around the column.
 * For one chunk; not thread-safe.
 */
final class NullMaker {
    private final SourceColumn sibling;
    private final Leaf target;
    private final ColumnFit.Missing fit;
    private final int encoding;
    private final ChunkOutput output;
    private final int version;
    private final PageForm form;
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
            try (LevelPages pages = new LevelPages(sibling, fit.maxRepetitionLevel(), fit.levels())) {
                while (pages.next()) {
                    addPage(encoder, pages.repetition(), pages.definition());
                }
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

    private void addPage(PageEncoder encoder, PageLevels repetition, PageLevels definition) {
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
        EncodedPage page = encoder.dataPage(
                encoding, new PageCounts(count, rows, count), repetitionBytes, definitionBytes, values);
        long[] repetitions = repetition.histogram(target.maxRepetitionLevel());
        long[] definitions = definition.histogram(target.maxDefinitionLevel());
        PageLevels.addHistogram(repetitions, repetitionTotal);
        PageLevels.addHistogram(definitions, definitionTotal);
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
}
