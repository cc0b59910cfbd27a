package io.glulam.execute;

import io.glulam.pipeline.Piece;
import io.glulam.pipeline.Pipeline;
import io.glulam.source.SourceBytes;
import io.glulam.splice.PageRows;
import io.glulam.splice.RowCounter;
import io.glulam.splice.SurveyedColumn;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Has the workers count the rows of a repeated column's pages that move as they are, just ahead of their move. */
final class MovedRows {
    /** Stored bytes of the pages that one piece of work counts. */
    private static final long BATCH = 1 << 20;

    private final SourceBytes source;
    private final Pipeline pipeline;
    private final SurveyedColumn column;
    private final PageRows rows;
    private final int maxPageBytes;
    private final AtomicLong unpackedBytes = new AtomicLong();
    private final ConcurrentLinkedQueue<RowCounter> counters = new ConcurrentLinkedQueue<>();

    MovedRows(SourceBytes source, Pipeline pipeline, SurveyedColumn column, PageRows rows, int maxPageBytes) {
        this.source = source;
        this.pipeline = pipeline;
        this.column = column;
        this.rows = rows;
        this.maxPageBytes = maxPageBytes;
    }

    /**
     * Submits the counting of some source pages from {@code from} on; the counts are there once all that was submitted
     * before is written.
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
        pipeline.submit(
                Math.min(memory, pipeline.capacity()),
                () -> {
                    count(from, last);
                    return Piece.EMPTY;
                },
                position -> {});
        return end;
    }

    private void count(int from, int to) {
        RowCounter counter = counters.poll();
        if (counter == null) {
            counter = new RowCounter(source, column, rows, maxPageBytes);
        }
        try {
            unpackedBytes.addAndGet(counter.count(from, to));
        } finally {
            counters.add(counter);
        }
    }

    /** Bytes that were decompressed so far. */
    long unpackedBytes() {
        return unpackedBytes.get();
    }

    /** Releases the codecs, when everything that was submitted is written. */
    void close() {
        for (RowCounter counter = counters.poll(); counter != null; counter = counters.poll()) {
            counter.close();
        }
    }
}
