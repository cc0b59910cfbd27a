package io.glulam.recode;

import io.glulam.decode.ByteSlice;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.SizeStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.DictionaryPage;
import org.jspecify.annotations.Nullable;

/** Cuts triplets into pages at row borders, encodes them and hands them to the sink. */
final class PageAssembler implements AutoCloseable {
    private final Leaf leaf;
    private final RecodeSettings settings;
    private final PageSink sink;
    private final LevelWriter repetitionLevels;
    private final LevelWriter definitionLevels;
    private final DictionaryFirstWriter values;
    private final ValueStatistics pageStatistics;
    private final ValueStatistics chunkStatistics;
    private final PageBody body = new PageBody();

    /** Pages of nulls before the first value: whether there is a dictionary is not known yet. */
    private final Queue<RecodedPage> undecided = new ArrayDeque<>();

    private int pageValues;
    private int pageRows;
    private int pageNulls;
    private long valueCount;
    private long rowCount;

    PageAssembler(Leaf leaf, RecodeSettings settings, PageSink sink) {
        this.leaf = leaf;
        this.settings = settings;
        this.sink = sink;
        this.repetitionLevels = new LevelWriter(leaf.maxRepetitionLevel(), settings.pageVersion());
        this.definitionLevels = new LevelWriter(leaf.maxDefinitionLevel(), settings.pageVersion());
        this.values = new DictionaryFirstWriter(leaf, settings);
        this.pageStatistics = new ValueStatistics(leaf);
        this.chunkStatistics = new ValueStatistics(leaf);
    }

    long rowCount() {
        return rowCount + pageRows;
    }

    /** Begins a triplet; a value follows only at the highest definition level. */
    void startTriplet(int repetitionLevel, int definitionLevel) {
        if (repetitionLevel == 0) {
            if (pageRows > 0 && isFull()) {
                endPage();
            }
            pageRows++;
        }
        pageValues = Math.addExact(pageValues, 1);
        repetitionLevels.write(repetitionLevel);
        definitionLevels.write(definitionLevel);
        if (definitionLevel < leaf.maxDefinitionLevel()) {
            pageNulls++;
        }
    }

    private boolean isFull() {
        return pageRows >= settings.pageRows() || values.bufferedSize() >= settings.pageBytes();
    }

    void write(long bits) {
        values.write(bits);
        pageStatistics.add(bits);
    }

    void write(ByteSlice bytes) {
        values.write(bytes);
        pageStatistics.add(bytes);
    }

    private void endPage() {
        body.clear();
        int repetitionBytes = body.append(repetitionLevels.toBytes());
        int definitionBytes = body.append(definitionLevels.toBytes());
        body.append(values.toBytes());
        RecodedPage page = new RecodedPage(
                settings.pageVersion(),
                pageValues,
                pageRows,
                pageNulls,
                body.array(),
                body.size(),
                repetitionBytes,
                definitionBytes,
                values.encoding(),
                pageStatistics.toStatistics(pageNulls),
                repetitionLevels.takeHistogram(),
                definitionLevels.takeHistogram(),
                pageStatistics.unencodedBytes());
        if (values.isDecided()) {
            flushUndecided();
            sink.dataPage(page);
        } else {
            undecided.add(withBodyOfItsOwn(page));
        }
        chunkStatistics.addAll(pageStatistics);
        chunkStatistics.addNulls(pageNulls);
        valueCount += pageValues;
        rowCount += pageRows;
        pageValues = 0;
        pageRows = 0;
        pageNulls = 0;
        pageStatistics.reset();
        values.reset();
    }

    private static RecodedPage withBodyOfItsOwn(RecodedPage page) {
        return copy(page, Arrays.copyOf(page.body(), page.length()), page.length(), page.encoding());
    }

    private static RecodedPage copy(RecodedPage page, byte[] body, int length, Encoding encoding) {
        return new RecodedPage(
                page.version(),
                page.valueCount(),
                page.rowCount(),
                page.nullCount(),
                body,
                length,
                page.repetitionLevelBytes(),
                page.definitionLevelBytes(),
                encoding,
                page.statistics(),
                page.repetitionLevels(),
                page.definitionLevels(),
                page.unencodedBytes());
    }

    private void flushUndecided() {
        while (!undecided.isEmpty()) {
            RecodedPage page = undecided.remove();
            sink.dataPage(withoutValues(page));
        }
    }

    /** A page of nulls in the encoding that was decided since: dictionary indices begin with their width, 0. */
    private RecodedPage withoutValues(RecodedPage page) {
        int levels = page.repetitionLevelBytes() + page.definitionLevelBytes();
        byte[] empty = values.emptyPage();
        byte[] whole = Arrays.copyOf(page.body(), levels + empty.length);
        System.arraycopy(empty, 0, whole, levels, empty.length);
        return copy(page, whole, whole.length, values.encoding());
    }

    RecodedChunk finish() {
        if (pageRows > 0) {
            endPage();
        }
        values.decide();
        flushUndecided();
        writeDictionary(values.toDictionaryPage());
        return new RecodedChunk(
                valueCount,
                rowCount,
                chunkStatistics.toStatistics(),
                new SizeStatistics(
                        chunkStatistics.unencodedBytes(),
                        repetitionLevels.totalHistogram(),
                        definitionLevels.totalHistogram()));
    }

    private void writeDictionary(@Nullable DictionaryPage dictionary) {
        if (dictionary != null) {
            body.clear();
            body.append(dictionary.getBytes());
            sink.dictionary(
                    dictionary.getDictionarySize(),
                    body.array(),
                    body.size(),
                    Encoding.valueOf(dictionary.getEncoding().name()));
        }
    }

    @Override
    public void close() {
        repetitionLevels.close();
        definitionLevels.close();
        values.close();
    }

    /** Puts the library's pieces into one reused array. */
    private static final class PageBody extends java.io.ByteArrayOutputStream {
        int append(BytesInput piece) {
            int before = count;
            try {
                piece.writeAllTo(this);
            } catch (IOException cause) {
                throw new UncheckedIOException(cause);
            }
            return count - before;
        }

        void clear() {
            count = 0;
        }

        byte[] array() {
            return buf;
        }
    }
}
