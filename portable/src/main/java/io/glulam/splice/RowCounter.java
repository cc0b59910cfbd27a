package io.glulam.splice;

import io.glulam.error.GlulamException;
import io.glulam.page.LevelReader;
import io.glulam.page.RepetitionLevels;

/**
 * Counts the rows of source pages that move as they are: nothing else reads their repetition levels. One instance per
 * worker; not thread-safe.
 */
public final class RowCounter implements AutoCloseable {
    private final SurveyedColumn column;
    private final PageRows rows;
    private final LevelReader reader;

    /** @param rows where the counts go */
    public RowCounter(SurveyedColumn column, PageRows rows) {
        this.column = column;
        this.rows = rows;
        this.reader = column.file().levels(column.leaf(), column.codec());
    }

    /** About how many bytes of memory it takes to count the rows of a source page. */
    public static long memory(SurveyedColumn column, int page) {
        return LevelReader.memory(
                column.leaf(),
                column.codec(),
                column.valueCount(page),
                column.storedLength(page),
                column.uncompressedSize(page));
    }

    /**
     * Counts the rows of the source pages {@code [from, to)}.
     *
     * @return bytes that were decompressed for it
     * @throws io.glulam.error.CorruptFile if their levels cannot be read
     */
    public long count(int from, int to) {
        long before = reader.unpackedBytes();
        for (int page = from; page < to; page++) {
            if (page == from || !follows(page)) {
                reader.readAheadTo(end(page, to));
            }
            count(page);
        }
        return reader.unpackedBytes() - before;
    }

    private void count(int page) {
        PageTable pages = column.pages();
        try {
            RepetitionLevels levels = reader.read(pages.position(page), pages.headerLength(page));
            rows.set(page, levels.rows(), levels.startsRow());
        } catch (GlulamException failure) {
            throw failure.within(column.place(page));
        }
    }

    private boolean follows(int page) {
        PageTable pages = column.pages();
        return pages.position(page) == pages.position(page - 1) + pages.storedLength(page - 1);
    }

    /** Where the pages that lie one after the other from {@code first} on end in the source. */
    private long end(int first, int to) {
        int last = first;
        while (last + 1 < to && follows(last + 1)) {
            last++;
        }
        return column.pages().position(last) + column.pages().storedLength(last);
    }

    @Override
    public void close() {
        reader.close();
    }
}
