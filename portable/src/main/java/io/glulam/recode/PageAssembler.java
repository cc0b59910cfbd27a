package io.glulam.recode;

import io.glulam.decode.ColumnBatch;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.SizeStatistics;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageBody;
import io.glulam.page.PageCounts;
import java.util.ArrayDeque;
import java.util.Queue;

/** Cuts triplets into pages at row borders, encodes them and hands them to the sink. */
final class PageAssembler {
    private final RecodeSettings settings;
    private final PageSink sink;
    private final PageCutter cutter;
    private final PageBuffer page;
    private final LevelEncoder repetitionLevels;
    private final LevelEncoder definitionLevels;
    private final PageValues values;
    private final ValueStatistics pageStatistics;
    private final ValueStatistics chunkStatistics;
    private final ByteArrayBuilder body = new ByteArrayBuilder(1 << 12);

    /** Pages of nulls before the first value: whether there is a dictionary is not known yet. */
    private final Queue<RecodedPage> undecided = new ArrayDeque<>();

    private long valueCount;
    private long rowCount;

    PageAssembler(Leaf leaf, RecodeSettings settings, PageSink sink) {
        this.settings = settings;
        this.sink = sink;
        this.cutter = new PageCutter(leaf, settings);
        this.page = new PageBuffer(leaf);
        this.repetitionLevels = new LevelEncoder(leaf.maxRepetitionLevel(), settings.pageVersion());
        this.definitionLevels = new LevelEncoder(leaf.maxDefinitionLevel(), settings.pageVersion());
        this.values = new PageValues(leaf, settings);
        this.pageStatistics = new ValueStatistics(leaf);
        this.chunkStatistics = new ValueStatistics(leaf);
        values.begin(page);
    }

    long rowCount() {
        return rowCount + page.rows();
    }

    /** Adds all of a batch. */
    void add(ColumnBatch batch) {
        add(batch, 0, 0, batch.count());
    }

    /** Adds {@code length} triplets of a batch, whose first value is that at {@code valuesFrom}. */
    void add(ColumnBatch batch, int from, int valuesFrom, int length) {
        int at = from;
        int value = valuesFrom;
        while (at < from + length) {
            if (cutter.endsBefore(page, batch, at)) {
                endPage();
            }
            PageCutter.Stretch stretch = cutter.measure(page, batch, at, value, from + length - at);
            page.appendLevels(batch, at, stretch.triplets(), stretch.rows(), stretch.plainBytes());
            values.append(page, batch, value, stretch.values(), pageStatistics);
            at += stretch.triplets();
            value += stretch.values();
        }
    }

    private void endPage() {
        body.clear();
        int repetitionBytes = repetitionLevels.encode(page.repetitionLevels(), page.count(), body);
        int definitionBytes = definitionLevels.encode(page.definitionLevels(), page.count(), body);
        Encoding encoding = values.encode(page, body);
        int nulls = page.count() - page.values();
        RecodedPage made = new RecodedPage(
                settings.pageVersion(),
                new PageCounts(page.count(), page.rows(), nulls),
                new PageBody(body.array(), body.size(), repetitionBytes, definitionBytes),
                encoding,
                pageStatistics.toStatistics(nulls),
                new SizeStatistics(
                        pageStatistics.unencodedBytes(),
                        repetitionLevels.count(page.repetitionLevels(), page.count()),
                        definitionLevels.count(page.definitionLevels(), page.count())));
        if (values.isDecided()) {
            flushUndecided();
            sink.dataPage(made);
        } else {
            undecided.add(made.withBody(made.body().copy(), encoding));
        }
        chunkStatistics.addAll(pageStatistics);
        chunkStatistics.addNulls(nulls);
        valueCount += page.count();
        rowCount += page.rows();
        pageStatistics.reset();
        values.begin(page);
    }

    private void flushUndecided() {
        while (!undecided.isEmpty()) {
            RecodedPage nulls = undecided.remove();
            PageBody begun = nulls.body();
            ByteArrayBuilder whole = new ByteArrayBuilder(begun.levelBytes() + Long.BYTES);
            whole.append(begun.bytes(), 0, begun.levelBytes());
            Encoding encoding = values.encodeNothing(whole);
            sink.dataPage(nulls.withBody(begun.with(whole.array(), whole.size()), encoding));
        }
    }

    RecodedChunk finish() {
        if (page.count() > 0) {
            endPage();
        }
        values.decide();
        flushUndecided();
        body.clear();
        int entries = values.writeDictionary(body);
        Encoding dictionaryEncoding = settings.dictionaryEncoding();
        if (entries > 0 && dictionaryEncoding != null) {
            Encoding said = dictionaryEncoding == Encoding.PLAIN_DICTIONARY ? dictionaryEncoding : Encoding.PLAIN;
            sink.dictionary(entries, body.array(), body.size(), said);
        }
        return new RecodedChunk(
                valueCount,
                rowCount,
                chunkStatistics.toStatistics(),
                chunkStatistics.besideNaN(),
                new SizeStatistics(
                        chunkStatistics.unencodedBytes(),
                        repetitionLevels.totalHistogram(),
                        definitionLevels.totalHistogram()));
    }
}
