package io.glulam.execute;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageForm;
import io.glulam.pipeline.BufferPool;
import io.glulam.pipeline.MovedPiece;
import io.glulam.pipeline.MovedPiece.Range;
import io.glulam.pipeline.Piece;
import io.glulam.pipeline.Pipeline;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.source.SourceBytes;
import io.glulam.splice.ChunkBuilder;
import io.glulam.splice.ColumnSplicer;
import io.glulam.splice.OutputPages;
import io.glulam.splice.PageRows;
import io.glulam.splice.PageSummaries;
import io.glulam.splice.SurveyedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;

/** Sends one surveyed column of a merged row group through the pipeline by Join, Remap or Coalesce. */
final class ColumnTransfer {
    /** Moved bytes take memory in their turn only, but what is known of their pages does so from now on. */
    private static final long MOVE_COST = BufferPool.SIZE / 8;

    private static final long PAGE_COST = 256;

    private final SourceBytes source;
    private final Pipeline pipeline;
    private final BufferPool buffers;
    private final SurveyedColumn column;
    private final PageSummaries summaries;
    private final PageForm form;
    private final OutputPages pages;
    private final ChunkBuilder chunk;
    private final int maxPageBytes;
    private final PageRows rows;
    private final MovedRows movedRows;
    private final ConcurrentLinkedQueue<ColumnSplicer> splicers = new ConcurrentLinkedQueue<>();

    /** Output pages {@code [first, end)} that are moved and lie behind one another in the source. */
    private record Run(int first, int end, long from, long to) {
        long length() {
            return to - from;
        }
    }

    ColumnTransfer(
            SourceBytes source,
            Pipeline pipeline,
            BufferPool buffers,
            SurveyedColumn column,
            PageSummaries summaries,
            PageForm form,
            Tier tier,
            Settings settings,
            ChunkBuilder chunk,
            int maxPageBytes) {
        this.source = source;
        this.pipeline = pipeline;
        this.buffers = buffers;
        this.column = column;
        this.summaries = summaries;
        this.form = form;
        this.pages = OutputPages.of(column, tier, settings);
        this.chunk = chunk;
        this.maxPageBytes = maxPageBytes;
        this.rows = new PageRows(column);
        this.movedRows = new MovedRows(source, pipeline, column, rows, maxPageBytes);
    }

    /** Submits everything; {@code done} runs when the last page is written. */
    void submit(LongConsumer done) {
        if (column.hasUnion()) {
            submitDictionary();
        }
        int page = 0;
        while (page < pages.count()) {
            if (pages.isMoved(page)) {
                page = submitCountedMoves(page);
            } else {
                submitSplice(page);
                page++;
            }
        }
        pipeline.submitQuick(0, () -> Piece.EMPTY, position -> {
            closeSplicers();
            movedRows.close();
            rows.requireRowsOfRowGroups(source.name());
            done.accept(position);
        });
    }

    private void submitDictionary() {
        EncodedPage[] made = new EncodedPage[1];
        pipeline.submit(
                checked(4L * column.unionBytes()),
                () -> {
                    made[0] = withSplicer(ColumnSplicer::dictionaryPage);
                    return Piece.of(made[0].bytes());
                },
                position -> chunk.dictionary(made[0], position));
    }

    /** Submits neighbouring pages that move, their rows counted first; gives the page behind them. */
    private int submitCountedMoves(int first) {
        int end = first;
        while (end < pages.count() && pages.isMoved(end)) {
            end++;
        }
        int shift = pages.from(first) - first;
        int page = first;
        while (page < end) {
            int counted = movedRows.submit(page + shift, end + shift) - shift;
            while (page < counted) {
                page = submitMoves(page, counted);
            }
        }
        return end;
    }

    /** Submits as many runs of moved pages as fit one buffer, or one that is longer; gives the page behind them. */
    private int submitMoves(int first, int limit) {
        List<Run> runs = new ArrayList<>();
        long bytes = 0;
        int page = first;
        while (page < limit) {
            int end = Math.min(limit, pages.runEnd(page));
            Run run = new Run(page, end, pages.position(page), pages.end(end - 1));
            if (!runs.isEmpty() && bytes + run.length() > BufferPool.SIZE) {
                break;
            }
            runs.add(run);
            bytes += run.length();
            page = end;
        }
        if (bytes > BufferPool.SIZE) {
            submitLong(runs.get(0));
        } else {
            submitShort(runs);
        }
        return page;
    }

    private void submitShort(List<Run> runs) {
        List<Range> ranges = new ArrayList<>(runs.size());
        int count = 0;
        for (Run run : runs) {
            count += run.end() - run.first();
            ranges.add(new Range(run.from(), (int) run.length()));
        }
        submitMove(ranges, count, position -> {
            long at = position;
            for (Run run : runs) {
                moved(run.first(), run.end(), at - run.from());
                at += run.length();
            }
        });
    }

    private void submitLong(Run run) {
        int count = (int) ((long) (run.end() - run.first()) * BufferPool.SIZE / run.length());
        for (long at = run.from(); at < run.to(); at += BufferPool.SIZE) {
            boolean begins = at == run.from();
            submitMove(List.of(new Range(at, (int) Math.min(BufferPool.SIZE, run.to() - at))), count, position -> {
                if (begins) {
                    moved(run.first(), run.end(), position - run.from());
                }
            });
        }
    }

    /** @param count of the pages that lie in those ranges, about */
    private void submitMove(List<Range> ranges, int count, LongConsumer written) {
        pipeline.submitQuick(MOVE_COST + count * PAGE_COST, () -> MovedPiece.read(source, buffers, ranges), written);
    }

    private void moved(int first, int end, long shift) {
        for (int page = first; page < end; page++) {
            int sourcePage = pages.from(page);
            chunk.movedLevels(column.hasRleLevels(sourcePage), column.hasBitPackedLevels(sourcePage));
            chunk.dataPage(
                    column.version(sourcePage),
                    column.encoding(sourcePage),
                    column.valueCount(sourcePage),
                    rowCount(sourcePage),
                    column.storedLength(sourcePage),
                    column.length(sourcePage),
                    summaries.summary(sourcePage, sourcePage + 1, column.valueCount(sourcePage), -1),
                    pages.position(page) + shift);
        }
    }

    /** What the source says of a page's rows, unless it is not what was counted: then there will be no page index. */
    private int rowCount(int page) {
        int claimed = summaries.rows(page);
        return claimed == rows.of(page) ? claimed : -1;
    }

    private void submitSplice(int page) {
        int from = pages.from(page);
        int to = pages.to(page);
        EncodedPage[] made = new EncodedPage[1];
        pipeline.submit(
                checked(pages.spliceCost(page)),
                () -> {
                    made[0] = withSplicer(splicer -> splicer.splice(from, to));
                    return Piece.of(made[0].bytes());
                },
                position -> spliced(made[0], from, to, position));
    }

    private void spliced(EncodedPage page, int from, int to, long position) {
        chunk.dataPage(
                form.version(),
                page.header().encoding(),
                page.header().valueCount(),
                page.rowCount(),
                page.length(),
                (long) page.headerLength() + page.header().uncompressedSize(),
                summaries.summary(from, to, page.header().valueCount(), page.nullCount()),
                position);
    }

    private interface Work {
        EncodedPage with(ColumnSplicer splicer);
    }

    private EncodedPage withSplicer(Work work) {
        ColumnSplicer splicer = splicers.poll();
        if (splicer == null) {
            splicer = new ColumnSplicer(source, column, rows, form, maxPageBytes);
        }
        try {
            return work.with(splicer);
        } finally {
            splicers.add(splicer);
        }
    }

    private void closeSplicers() {
        for (ColumnSplicer splicer = splicers.poll(); splicer != null; splicer = splicers.poll()) {
            splicer.close();
        }
    }

    private long checked(long cost) {
        if (cost > pipeline.capacity()) {
            throw new Unsupported(
                    new Place(source.name(), -1, column.leaf().name(), -1),
                    "pages that take " + cost + " bytes of buffers to splice, of " + pipeline.capacity() + " allowed",
                    "raise --memory");
        }
        return cost;
    }
}
