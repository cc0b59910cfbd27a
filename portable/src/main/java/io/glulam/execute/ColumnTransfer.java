package io.glulam.execute;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.page.EncodedPage;
import io.glulam.pipeline.FreeList;
import io.glulam.pipeline.HeapPiece;
import io.glulam.pipeline.Pipeline;
import io.glulam.plan.RowGroups;
import io.glulam.plan.Tier;
import io.glulam.shape.BloomFilterForm;
import io.glulam.splice.ColumnSplicer;
import io.glulam.splice.OutputPages;
import io.glulam.splice.PageRows;
import io.glulam.splice.PageSummaries;
import io.glulam.splice.RestatedRows;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.BloomFilter;
import java.util.BitSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends one surveyed column of a merged row group through the pipeline by Join, Remap or Coalesce: submits its pages in the
 * order of the output. {@link TransferredChunk} hears of each that is written.
 */
final class ColumnTransfer implements Unfinished.OpenColumn {
    private static final byte[] NOTHING = {};

    private final Pipeline<WrittenRowGroups> pipeline;
    private final TransferredColumn transferred;
    private final SurveyedColumn column;
    private final PageSummaries summaries;
    private final OutputPages pages;
    private final PageRows rows;
    private final MovedRows movedRows;
    private final TransferredChunk chunk;
    private final PageMoves moves;
    /** Fragments whose pages are looked at although they move, for their bounds may be wrong. */
    private final BitSet doubtful;

    private final DroppedAids aids;
    private final Unfinished unfinished;
    private final @Nullable BloomFilterForm askedFilter;
    private @Nullable BloomFilter united;
    private @Nullable BloomFilterFill fill;
    private final FreeList<ColumnSplicer> splicers = new FreeList<>();
    /** Memory of held chunks that no piece of work counts yet. */
    private long uncountedBytes;

    private ColumnTransfer(ExecutionContext run, TransferredColumn transferred, MergedColumns output) {
        this.pipeline = run.pipeline();
        this.transferred = transferred;
        this.column = transferred.column();
        this.uncountedBytes = column.file().bytes().heldBytes();
        this.summaries = transferred.summaries();
        this.pages = transferred.pages();
        this.rows = transferred.rows();
        this.movedRows = new MovedRows(run, column, rows);
        this.chunk = new TransferredChunk(run, transferred, output);
        this.moves = new PageMoves(pipeline, transferred, chunk, this::pagesWritten);
        this.doubtful = transferred.bounds().doubtful(column);
        this.aids = run.aids();
        this.unfinished = run.unfinished();
        this.askedFilter = run.bloomFilter(column.leaf());
    }

    /**
     * Submits a column.
     *
     * @param output hears of the chunk when its last page is written
     */
    static void submit(ExecutionContext run, RowGroups sources, Leaf leaf, Tier tier, MergedColumns output) {
        try {
            SurveyedColumn column = tier == Tier.JOIN
                    ? run.surveys().take(sources, leaf)
                    : run.surveys().takeHolding(sources, leaf);
            TransferredColumn transferred = TransferredColumn.of(run, sources, column, tier);
            transferred.claims().noteDropped(run.aids());
            ColumnTransfer transfer = new ColumnTransfer(run, transferred, output);
            run.unfinished().add(transfer);
            transfer.submit();
        } catch (GlulamException failure) {
            throw failure.within(new Place(run.file().bytes().name(), -1, leaf.name(), -1));
        }
    }

    private void submit() {
        if (askedFilter != null && !column.isDictionaryEncodedThroughout()) {
            united = BloomFilters.unitedWithin(column, summaries, askedFilter, aids);
            fill = united == null ? BloomFilterFill.submit(column, askedFilter, pipeline) : null;
        }
        if (pages.count() == 0) {
            moves.submitNothing();
        }
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
    }

    /** The chunk is complete when all its pages are written. */
    private void pagesWritten(int count, WrittenRowGroups written, long end) {
        if (chunk.isCompleteWith(count)) {
            unfinished.finish(this);
            chunk.complete(bloomFilter(), written, end);
        }
    }

    private @Nullable BloomFilter bloomFilter() {
        BloomFilterFill filled = fill;
        if (united != null) {
            return united;
        }
        return filled == null ? BloomFilters.merged(column, summaries, askedFilter, aids) : filled.finished(aids);
    }

    private void submitDictionary() {
        pipeline.submit(pipeline.begin(withHeld(checked(4L * column.unionBytes())), () -> {
            EncodedPage page = withSplicer(ColumnSplicer::dictionaryPage);
            return new HeapPiece<>(page.bytes(), (written, place) -> chunk.dictionary(page, place.start()));
        }));
    }

    /** Submits neighboring pages that move, their rows counted first; gives the page after them. */
    private int submitCountedMoves(int first) {
        int end = first;
        while (end < pages.count() && pages.isMoved(end)) {
            end++;
        }
        submitLooks(first, end);
        boolean told = areRowsTold(first, end);
        int shift = pages.from(first) - first;
        int page = first;
        while (page < end) {
            int counted = told ? movedRows.submit(page + shift, end + shift) - shift : end;
            while (page < counted) {
                int miscounted = nextMiscounted(page, counted);
                while (page < miscounted) {
                    page = moves.submit(page, miscounted);
                }
                page = page < counted ? submitRestated(page) : page;
            }
        }
        return end;
    }

    /**
     * Whether the source tells of rows in some of the output pages {@code [first, end)}. Only then is it of use to count
     * rows before the pages move; the verification of what was written counts all of them.
     */
    private boolean areRowsTold(int first, int end) {
        for (int page = first; page < end && column.leaf().maxRepetitionLevel() > 0; page++) {
            int source = pages.from(page);
            if (column.version(source) == 2 || summaries.tellsRows(source)) {
                return true;
            }
        }
        return false;
    }

    /** Submits a look at those of some moved pages that may show that their fragment's bounds are wrong. */
    private void submitLooks(int first, int end) {
        for (int page = first; page < end && !doubtful.isEmpty(); page++) {
            int source = pages.from(page);
            if (doubtful.get(column.fragment(source)) && Encoding.isDictionary(column.encoding(source))) {
                pipeline.submit(pipeline.begin(checked(pages.spliceCost(page)), () -> {
                    return withSplicer(splicer -> {
                        splicer.lookAt(source);
                        return new HeapPiece<>(NOTHING, (written, place) -> {});
                    });
                }));
            }
        }
    }

    /** The first page from {@code first} on whose header states other rows than were counted: it gets a new one. */
    private int nextMiscounted(int first, int limit) {
        int page = first;
        while (page < limit && !RestatedRows.areNeeded(column, rows, pages.from(page))) {
            page++;
        }
        return page;
    }

    private int submitRestated(int page) {
        int source = pages.from(page);
        long cost = 2 * column.storedLength(source) + PageMoves.PAGE_COST;
        pipeline.submit(pipeline.begin(checked(cost), () -> {
            EncodedPage made = RestatedRows.of(column, rows, source);
            return new HeapPiece<>(made.bytes(), (written, place) -> {
                chunk.restated(made, source, place.start());
                pagesWritten(1, written, place.end());
            });
        }));
        return page + 1;
    }

    private void submitSplice(int page) {
        int from = pages.from(page);
        int to = pages.to(page);
        pipeline.submit(pipeline.begin(withHeld(checked(pages.spliceCost(page))), () -> {
            EncodedPage made = withSplicer(splicer -> splicer.splice(from, to));
            return new HeapPiece<>(made.bytes(), (written, place) -> {
                chunk.spliced(made, from, to, place.start());
                pagesWritten(1, written, place.end());
            });
        }));
    }

    private <T> T withSplicer(Function<ColumnSplicer, T> work) {
        ColumnSplicer splicer = splicers.take();
        if (splicer == null) {
            splicer = new ColumnSplicer(column, rows, transferred.form());
            splicer.check(transferred.bounds());
        }
        try {
            return work.apply(splicer);
        } finally {
            splicers.give(splicer);
        }
    }

    @Override
    public void close() {
        movedRows.close();
        for (ColumnSplicer splicer = splicers.take(); splicer != null; splicer = splicers.take()) {
            splicer.close();
        }
    }

    /** The first piece of work counts with what the column holds: until it is written, no byte of the column is let go. */
    private long withHeld(long cost) {
        long both = cost + uncountedBytes;
        uncountedBytes = 0;
        return Math.min(pipeline.capacity(), both);
    }

    private long checked(long cost) {
        if (cost > pipeline.capacity()) {
            throw new Unsupported(
                    new Place(column.file().name(), -1, column.leaf().name(), -1),
                    "pages that take " + cost + " bytes of buffers to splice, of " + pipeline.capacity() + " allowed",
                    Remedy.BUFFERS.text(cost));
        }
        return cost;
    }
}
