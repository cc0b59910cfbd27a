package io.glulam.execute;

import io.glulam.pipeline.FreeList;
import io.glulam.pipeline.HeapPiece;
import io.glulam.pipeline.Pipeline;
import io.glulam.pipeline.Task;
import io.glulam.splice.PageRows;
import io.glulam.splice.RowCounter;
import io.glulam.splice.SurveyedColumn;
import java.util.concurrent.atomic.AtomicLong;

/** Has the workers count the rows of a repeated column's pages that move as they are, just ahead of their move. */
final class MovedRows {
    /** Stored bytes of the pages that one piece of work counts. */
    private static final long BATCH = 1 << 20;

    private static final byte[] NOTHING = {};

    private final Pipeline<WrittenRowGroups> pipeline;
    private final SurveyedColumn column;
    private final PageRows rows;
    private final AtomicLong unpackedBytes;
    private final FreeList<RowCounter> counters = new FreeList<>();

    MovedRows(ExecutionContext run, SurveyedColumn column, PageRows rows) {
        this.pipeline = run.pipeline();
        this.unpackedBytes = run.unpackedForRows();
        this.column = column;
        this.rows = rows;
    }

    /**
     * Submits the counting of some source pages from {@code from} on; the counts are there once all that was submitted
     * before is written. Where there are pages of version 2 among them, whose headers state rows as well, this waits for
     * the counts.
     *
     * @param to one past the last page that moves
     * @return one past the last page that is counted
     */
    int submit(int from, int to) {
        if (column.leaf().maxRepetitionLevel() == 0) {
            return to;
        }
        int end = from;
        long memory = 0;
        for (long bytes = 0; end < to && bytes < BATCH; end++) {
            bytes += column.storedLength(end);
            memory = Math.max(memory, RowCounter.memory(column, end));
        }
        int last = end;
        Task.Made<WrittenRowGroups> counting = pipeline.begin(Math.min(memory, pipeline.capacity()), () -> {
            count(from, last);
            return new HeapPiece<>(NOTHING, (written, place) -> {});
        });
        if (hasVersion2(from, last)) {
            pipeline.submitAndAwait(counting);
        } else {
            pipeline.submit(counting);
        }
        return end;
    }

    private boolean hasVersion2(int from, int to) {
        for (int page = from; page < to; page++) {
            if (column.version(page) == 2) {
                return true;
            }
        }
        return false;
    }

    private void count(int from, int to) {
        RowCounter counter = counters.take();
        if (counter == null) {
            counter = new RowCounter(column, rows);
        }
        try {
            unpackedBytes.addAndGet(counter.count(from, to));
        } finally {
            counters.give(counter);
        }
    }

    /** Releases the codecs, when everything that was submitted is written. */
    void close() {
        for (RowCounter counter = counters.take(); counter != null; counter = counters.take()) {
            counter.close();
        }
    }
}
