package io.glulam.recode;

import io.glulam.decode.BatchReader;
import io.glulam.decode.ColumnBatch;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridEncoder;
import io.glulam.page.PageBody;
import io.glulam.page.PageCounts;
import java.util.BitSet;

/**
 * Encodes pages of a column chunk anew without some of their rows: in the encoding that they had, indices into the
 * dictionary as they were. Counts and bounds are kept of what stays and of what goes. Not thread-safe.
 */
public final class RowRemover {
    private final Leaf leaf;
    private final boolean singleIndexRun;
    private final BitSet removed;
    private final Sink sink;
    private final ColumnBatch batch;
    private final PageBuffer page;
    private final ByteArrayBuilder body = new ByteArrayBuilder(1 << 12);
    private final ValueStatistics pageStatistics;
    private final ValueStatistics keptStatistics;
    private final ValueStatistics removedStatistics;
    private final long[] removedRepetitions;
    private final long[] removedDefinitions;
    private long removedTriplets;
    private long removedValues;
    private PageEncoding encoding = new PageEncoding(1, Encoding.PLAIN, 0);
    private long row = -1;
    private boolean startsRow;

    /** Takes pages. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes a page, which is valid during the call.
         *
         * @param startsRow whether its first triplet begins a row
         */
        void accept(RecodedPage page, boolean startsRow);
    }

    /**
     * How values of a page are encoded.
     *
     * @param pageVersion 1 or 2
     * @param indexWidth bits of an index, where the encoding is by dictionary
     */
    public record PageEncoding(int pageVersion, Encoding values, int indexWidth) {}

    /**
     * @param singleIndexRun as {@link io.glulam.page.PageForm#singleIndexRun}
     * @param removed rows of the row group that go
     */
    public RowRemover(Leaf leaf, boolean singleIndexRun, BitSet removed, Sink sink) {
        this.leaf = leaf;
        this.singleIndexRun = singleIndexRun;
        this.removed = removed;
        this.sink = sink;
        this.batch = new ColumnBatch(leaf);
        this.page = new PageBuffer(leaf);
        this.pageStatistics = new ValueStatistics(leaf);
        this.keptStatistics = new ValueStatistics(leaf);
        this.removedStatistics = new ValueStatistics(leaf);
        this.removedRepetitions = new long[leaf.maxRepetitionLevel() + 1];
        this.removedDefinitions = new long[leaf.maxDefinitionLevel() + 1];
    }

    /**
     * Hands over what stays of a page, if anything does.
     *
     * @param reader has the page before it, and nothing else
     * @param rowsBefore rows of the row group that begin before the page
     * @throws Unsupported if values cannot be encoded so
     */
    public void cut(BatchReader reader, PageEncoding form, long rowsBefore) {
        if (!form.values().isDictionary() && !form.values().isFor(leaf.type())) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "rows are deleted in a page of encoding " + form.values() + ", which is not written for its type",
                    "rewrite the file with the table's own engine");
        }
        encoding = form;
        row = rowsBefore - 1;
        page.clear(form.values().isDictionary());
        while (reader.next(batch)) {
            divide();
        }
        flush();
    }

    /** Counts values of a page that stays as it is among what is kept. */
    public void keep(BatchReader reader) {
        while (reader.next(batch)) {
            keptStatistics.add(batch, 0, batch.valueCount());
        }
    }

    /** Divides the batch into stretches of rows with the same fate. */
    private void divide() {
        int value = 0;
        int from = 0;
        while (from < batch.count()) {
            boolean begins = begins(from);
            row += begins ? 1 : 0;
            boolean goes = removed.get((int) row);
            int rows = begins ? 1 : 0;
            int to = from + 1;
            for (; to < batch.count(); to++) {
                if (begins(to)) {
                    if (removed.get((int) row + 1) != goes) {
                        break;
                    }
                    row++;
                    rows++;
                }
            }
            int values = valuesIn(from, to);
            if (goes) {
                remove(from, to, value, values);
            } else {
                add(from, to - from, value, values, rows);
            }
            value += values;
            from = to;
        }
    }

    private boolean begins(int triplet) {
        return leaf.maxRepetitionLevel() == 0 || batch.repetitionLevels()[triplet] == 0;
    }

    private int valuesIn(int from, int to) {
        if (leaf.maxDefinitionLevel() == 0) {
            return to - from;
        }
        int found = 0;
        for (int i = from; i < to; i++) {
            found += batch.definitionLevels()[i] == leaf.maxDefinitionLevel() ? 1 : 0;
        }
        return found;
    }

    private void add(int from, int length, int value, int values, int rows) {
        if (page.count() >= PageCutter.MAX_TRIPLETS && begins(from)) {
            flush();
        }
        if (page.count() == 0) {
            startsRow = begins(from);
        }
        page.appendLevels(batch, from, length, rows, 0);
        pageStatistics.add(batch, value, values);
        if (values == 0) {
            return;
        }
        if (page.isIndexed()) {
            int at = page.values();
            System.arraycopy(batch.indices(), value, page.reserveIndices(values), at, values);
            page.appended(values);
        } else {
            page.appendValues(batch, value, values);
        }
    }

    private void remove(int from, int to, int value, int values) {
        removedStatistics.add(batch, value, values);
        removedTriplets += to - from;
        removedValues += values;
        for (int i = from; i < to; i++) {
            removedRepetitions[leaf.maxRepetitionLevel() == 0 ? 0 : batch.repetitionLevels()[i]]++;
            removedDefinitions[leaf.maxDefinitionLevel() == 0 ? 0 : batch.definitionLevels()[i]]++;
        }
    }

    private void flush() {
        if (page.count() == 0) {
            return;
        }
        LevelEncoder repetition = new LevelEncoder(leaf.maxRepetitionLevel(), encoding.pageVersion());
        LevelEncoder definition = new LevelEncoder(leaf.maxDefinitionLevel(), encoding.pageVersion());
        body.clear();
        int repetitionBytes = repetition.encode(page.repetitionLevels(), page.count(), body);
        int definitionBytes = definition.encode(page.definitionLevels(), page.count(), body);
        encodeValues();
        int nulls = page.count() - page.values();
        sink.accept(
                new RecodedPage(
                        encoding.pageVersion(),
                        new PageCounts(page.count(), page.rows(), nulls),
                        new PageBody(body.array(), body.size(), repetitionBytes, definitionBytes),
                        encoding.values(),
                        pageStatistics.toStatistics(nulls),
                        new SizeStatistics(
                                pageStatistics.unencodedBytes(),
                                repetition.count(page.repetitionLevels(), page.count()),
                                definition.count(page.definitionLevels(), page.count()))),
                startsRow);
        keptStatistics.addAll(pageStatistics);
        pageStatistics.reset();
        page.clear(encoding.values().isDictionary());
    }

    private void encodeValues() {
        if (!page.isIndexed()) {
            ValuesEncoder.of(leaf, encoding.values()).encode(page, body);
            return;
        }
        int width = encoding.indexWidth();
        body.append(width);
        if (singleIndexRun && width % Byte.SIZE == 0 && page.values() > 0) {
            HybridEncoder.encodePacked(page.indices(), 0, page.values(), width, body);
        } else {
            HybridEncoder.encode(page.indices(), 0, page.values(), width, body);
        }
    }

    /** Of the values that stay and were decoded. */
    public Statistics kept() {
        return keptStatistics.toStatistics(-1);
    }

    /** Of the values that go; its null count is that of the triplets without a value. */
    public Statistics gone() {
        return removedStatistics.toStatistics(removedTriplets - removedValues);
    }

    /** Values that go, without nulls. */
    public long goneValues() {
        return removedValues;
    }

    /** Bytes of the BYTE_ARRAY values that go, without lengths; -1 for other types. */
    public long goneBytes() {
        return removedStatistics.unencodedBytes();
    }

    /** Triplets that go, by repetition level. */
    public long[] goneRepetitions() {
        return removedRepetitions;
    }

    /** Triplets that go, by definition level. */
    public long[] goneDefinitions() {
        return removedDefinitions;
    }
}
