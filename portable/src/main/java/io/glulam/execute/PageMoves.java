package io.glulam.execute;

import io.glulam.pipeline.Description;
import io.glulam.pipeline.Pipeline;
import io.glulam.pipeline.SourceRange;
import io.glulam.pipeline.Task;
import io.glulam.source.SourceBytes;
import io.glulam.splice.OutputPages;
import io.glulam.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;

/** Divides a column's pages that move as they are into tasks, and submits these. */
final class PageMoves {
    /** Moved bytes take memory in their turn only, but places, rows and bounds of their pages do so from now on. */
    private static final long MOVE_COST = Task.Moved.MAX_BYTES / 8;

    /** About how many bytes of memory a page's place, rows and bounds take until the page is written. */
    static final long PAGE_COST = 256;

    private final Pipeline<WrittenRowGroups> pipeline;
    private final SourceBytes source;
    private final OutputPages pages;
    private final TransferredChunk chunk;
    private final PagesWritten listener;

    /** Hears that pages are written. */
    @FunctionalInterface
    interface PagesWritten {
        /**
         * Hears it on the writer's thread.
         *
         * @param count of output pages
         * @param end of their last byte in the output
         */
        void written(int count, WrittenRowGroups written, long end);
    }

    /** Output pages {@code [first, end)} that are moved and lie one after the other in the source. */
    private record Run(int first, int end, long from, long to) {
        long length() {
            return to - from;
        }
    }

    PageMoves(
            Pipeline<WrittenRowGroups> pipeline,
            TransferredColumn transferred,
            TransferredChunk chunk,
            PagesWritten listener) {
        this.pipeline = pipeline;
        this.source = transferred.column().file().bytes();
        this.pages = transferred.pages();
        this.chunk = chunk;
        this.listener = listener;
    }

    /** Submits a task without bytes, for a column without pages. */
    void submitNothing() {
        submit(List.of(), 0, new MovedRuns(List.of(), 0));
    }

    /** Submits as many runs of moved pages as fit one buffer, or one that is longer; gives the page after them. */
    int submit(int first, int limit) {
        List<Run> runs = new ArrayList<>();
        long bytes = 0;
        int page = first;
        while (page < limit) {
            int end = Math.min(limit, pages.runEnd(page));
            Run run = new Run(page, end, pages.position(page), pages.end(end - 1));
            if (!runs.isEmpty() && bytes + run.length() > Task.Moved.MAX_BYTES) {
                break;
            }
            runs.add(run);
            bytes += run.length();
            page = end;
        }
        if (bytes > Task.Moved.MAX_BYTES) {
            submitLong(runs.get(0));
        } else {
            submitShort(runs);
        }
        return page;
    }

    private void submitShort(List<Run> runs) {
        List<SourceRange> ranges = new ArrayList<>(runs.size());
        int count = 0;
        for (Run run : runs) {
            count += run.end() - run.first();
            ranges.add(new SourceRange(source, run.from(), run.length()));
        }
        submit(ranges, count, new MovedRuns(runs, 0));
    }

    private void submitLong(Run run) {
        int count = (int) ((long) (run.end() - run.first()) * Task.Moved.MAX_BYTES / run.length());
        for (long at = run.from(); at < run.to(); at += Task.Moved.MAX_BYTES) {
            long length = Math.min(Task.Moved.MAX_BYTES, run.to() - at);
            boolean last = at + length == run.to();
            submit(
                    List.of(new SourceRange(source, at, length)),
                    count,
                    new MovedRuns(last ? List.of(run) : List.of(), at - run.from()));
        }
    }

    /** @param count of the pages that lie in those ranges, about */
    private void submit(List<SourceRange> ranges, int count, MovedRuns runs) {
        pipeline.submit(new Task.Moved<>(MOVE_COST + count * PAGE_COST, ranges, runs));
    }

    /** Runs of moved pages whose last byte lies in one piece. */
    private final class MovedRuns implements Description<WrittenRowGroups> {
        private final List<Run> runs;
        private final long before;

        /** @param before bytes of the first run that lie in pieces before this one */
        MovedRuns(List<Run> runs, long before) {
            this.runs = runs;
            this.before = before;
        }

        @Override
        public void describe(WrittenRowGroups written, ByteRange place) {
            long at = place.start() - before;
            int count = 0;
            for (Run run : runs) {
                chunk.moved(run.first(), run.end(), at - run.from());
                at += run.length();
                count += run.end() - run.first();
            }
            listener.written(count, written, place.end());
        }
    }
}
