package io.glulam.execute;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageForm;
import io.glulam.pipeline.Description;
import io.glulam.pipeline.FreeList;
import io.glulam.pipeline.HeapPiece;
import io.glulam.pipeline.Pipeline;
import io.glulam.pipeline.SourceRange;
import io.glulam.pipeline.Task;
import io.glulam.plan.Sources;
import io.glulam.plan.Tier;
import io.glulam.planning.Surveys;
import io.glulam.shape.BloomFilterForm;
import io.glulam.source.SourceFile;
import io.glulam.splice.ChunkBuilder;
import io.glulam.splice.ColumnSplicer;
import io.glulam.splice.OutputPages;
import io.glulam.splice.PageRows;
import io.glulam.splice.PageSummaries;
import io.glulam.splice.RestatedRows;
import io.glulam.splice.StatedBounds;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.BloomFilter;
import io.glulam.statistics.PageSummary;
import io.glulam.storage.ByteRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends one surveyed column of a merged row group through the pipeline by Join, Remap or Coalesce. */
final class ColumnTransfer implements Unfinished.OpenColumn {
    /** Moved bytes take memory in their turn only, but what is known of their pages does so from now on. */
    private static final long MOVE_COST = Task.Moved.MAX_BYTES / 8;

    private static final long PAGE_COST = 256;
    private static final byte[] NOTHING = {};

    private final SourceFile file;
    private final Pipeline<WrittenRowGroups> pipeline;
    private final Sources sources;
    private final SurveyedColumn column;
    private final PageSummaries summaries;
    private final PageForm form;
    private final OutputPages pages;
    private final ChunkBuilder chunk;
    private final MergedColumns output;
    private final PageRows rows;
    private final MovedRows movedRows;
    private final UncountedRows uncounted;
    private final MergedClaims claims;
    private final StatedBounds bounds;
    /** Fragments whose pages are looked at although they move, for their bounds may be wrong. */
    private final BitSet doubtful;

    private final DroppedAids aids;
    private final Unfinished unfinished;
    /** Nulls of the chunk as counted while its pages are made; -1 if some are only moved. */
    private long countedNulls;

    private boolean contradicted;
    private final @Nullable BloomFilterForm askedFilter;
    private @Nullable BloomFilter united;
    private @Nullable BloomFilterFill fill;
    private final FreeList<ColumnSplicer> splicers = new FreeList<>();
    /** Memory of held chunks that no piece of work counts yet. */
    private long uncountedBytes;

    /** Output pages that are written; the writer's. */
    private int writtenPages;

    /** Output pages {@code [first, end)} that are moved and lie behind one another in the source. */
    private record Run(int first, int end, long from, long to) {
        long length() {
            return to - from;
        }
    }

    private ColumnTransfer(
            ExecutionContext run,
            SourceFile file,
            Sources sources,
            SurveyedColumn column,
            Tier tier,
            MergedColumns output) {
        this.file = file;
        this.uncountedBytes = file.bytes().heldBytes();
        this.pipeline = run.pipeline();
        this.sources = sources;
        this.column = column;
        this.claims = new MergedClaims(file, column);
        this.summaries = claims.pages();
        this.bounds = summaries.statedBounds();
        this.doubtful = bounds.doubtful(column);
        this.aids = run.aids();
        this.askedFilter = run.bloomFilter(column.leaf());
        this.unfinished = run.unfinished();
        this.form = column.form(file.trust(), run.settings().compression());
        this.pages = OutputPages.of(column, tier, run.settings());
        int codec = tier == Tier.JOIN ? column.codec() : form.codec().ordinal();
        this.chunk = new ChunkBuilder(column.leaf(), codec, file.trustsBounds(column.fragments(), column.leaf()));
        this.output = output;
        this.rows = new PageRows(column);
        this.movedRows = new MovedRows(run, column, rows);
        this.uncounted = run.uncounted();
    }

    /**
     * Submits a column.
     *
     * @param output hears of the chunk when its last page is written
     */
    static void submit(ExecutionContext run, Sources sources, Leaf leaf, Tier tier, MergedColumns output) {
        try {
            Surveys.Opened opened = tier == Tier.JOIN
                    ? new Surveys.Opened(run.file(), run.surveys().take(sources, leaf))
                    : run.surveys().open(sources, leaf);
            ColumnTransfer transfer = new ColumnTransfer(run, opened.file(), sources, opened.column(), tier, output);
            transfer.claims.noteDropped(run.aids());
            run.unfinished().add(transfer);
            transfer.submit();
        } catch (GlulamException failure) {
            throw failure.within(new Place(run.file().bytes().name(), -1, leaf.name(), -1));
        }
    }

    private void submit() {
        if (askedFilter != null && !column.isDictionaryEncodedThroughout()) {
            united = BloomFilters.unitedWithin(file, column, summaries, askedFilter, aids);
            fill = united == null ? BloomFilterFill.submit(file, column, askedFilter, pipeline) : null;
        }
        if (pages.count() == 0) {
            submitMove(List.of(), 0, new MovedRuns(List.of(), 0));
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
        writtenPages += count;
        if (writtenPages == pages.count()) {
            unfinished.finish(this);
            if (rows.areCounted()) {
                rows.requireRowsOfRowGroups(file.bytes().name());
            } else {
                uncounted.add(sources, column.leaf());
            }
            MergedClaims.Whole whole = whole();
            output.add(column, chunk, whole.statistics(), whole.sizes(), bloomFilter(), written, end);
        }
    }

    private @Nullable BloomFilter bloomFilter() {
        BloomFilterFill filled = fill;
        if (united != null) {
            return united;
        }
        return filled == null ? BloomFilters.merged(file, column, summaries, askedFilter, aids) : filled.finished(aids);
    }

    /** What is told of the whole chunk: what the sources tell, unless it is not what was counted. */
    private MergedClaims.Whole whole() {
        if (!contradicted && !bounds.isContradicted() && !claims.contradictNulls(countedNulls)) {
            return claims.whole(countedNulls);
        }
        claims.noteMiscounted(aids);
        chunk.dropColumnIndex();
        return MergedClaims.countedOnly(countedNulls);
    }

    private void submitDictionary() {
        pipeline.submit(pipeline.begin(withHeld(checked(4L * column.unionBytes())), () -> {
            EncodedPage page = withSplicer(ColumnSplicer::dictionaryPage);
            return new HeapPiece<>(page.bytes(), (written, place) -> chunk.dictionary(page, place.start()));
        }));
    }

    /** Submits neighbouring pages that move, their rows counted first; gives the page behind them. */
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
                    page = submitMoves(page, miscounted);
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
        long cost = 2 * column.storedLength(source) + PAGE_COST;
        pipeline.submit(pipeline.begin(checked(cost), () -> {
            EncodedPage made = RestatedRows.of(file.bytes(), column, rows, source);
            return new HeapPiece<>(made.bytes(), (written, place) -> {
                restated(made, source, place.start());
                pagesWritten(1, written, place.end());
            });
        }));
        return page + 1;
    }

    private void restated(EncodedPage page, int source, long position) {
        long length = (long) page.headerLength() + page.header().uncompressedSize();
        moved(source, page.length(), length, position);
    }

    /** Submits as many runs of moved pages as fit one buffer, or one that is longer; gives the page behind them. */
    private int submitMoves(int first, int limit) {
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
            ranges.add(new SourceRange(file.bytes(), run.from(), run.length()));
        }
        submitMove(ranges, count, new MovedRuns(runs, 0));
    }

    private void submitLong(Run run) {
        int count = (int) ((long) (run.end() - run.first()) * Task.Moved.MAX_BYTES / run.length());
        for (long at = run.from(); at < run.to(); at += Task.Moved.MAX_BYTES) {
            long length = Math.min(Task.Moved.MAX_BYTES, run.to() - at);
            boolean last = at + length == run.to();
            submitMove(
                    List.of(new SourceRange(file.bytes(), at, length)),
                    count,
                    new MovedRuns(last ? List.of(run) : List.of(), at - run.from()));
        }
    }

    /** @param count of the pages that lie in those ranges, about */
    private void submitMove(List<SourceRange> ranges, int count, MovedRuns runs) {
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
                moved(run.first(), run.end(), at - run.from());
                at += run.length();
                count += run.end() - run.first();
            }
            pagesWritten(count, written, place.end());
        }
    }

    private void moved(int first, int end, long shift) {
        for (int page = first; page < end; page++) {
            int source = pages.from(page);
            moved(source, column.storedLength(source), column.length(source), pages.position(page) + shift);
        }
    }

    private void moved(int source, long storedLength, long length, long position) {
        countedNulls = -1;
        PageSummary summary = summaries.summary(source, source + 1, column.valueCount(source), -1);
        contradicted |= summary.repetitionLevels().length > 0 && summary.repetitionLevels()[0] != rows.begunIn(source);
        chunk.movedLevels(column.hasRleLevels(source), column.hasBitPackedLevels(source));
        chunk.dataPage(
                column.version(source),
                column.encoding(source),
                column.valueCount(source),
                rowCount(source),
                storedLength,
                length,
                summary,
                position);
    }

    /** What the source says of a page's rows, unless it is not what was counted: then there will be no page index. */
    private int rowCount(int page) {
        int claimed = summaries.rows(page);
        if (claimed < 0 || claimed == rows.of(page)) {
            return claimed;
        }
        if (summaries.hasOffsetIndex(page)) {
            claims.noteOtherRows(aids, page);
        }
        return -1;
    }

    private void submitSplice(int page) {
        int from = pages.from(page);
        int to = pages.to(page);
        pipeline.submit(pipeline.begin(withHeld(checked(pages.spliceCost(page))), () -> {
            EncodedPage made = withSplicer(splicer -> splicer.splice(from, to));
            return new HeapPiece<>(made.bytes(), (written, place) -> {
                spliced(made, from, to, place.start());
                pagesWritten(1, written, place.end());
            });
        }));
    }

    private void spliced(EncodedPage page, int from, int to, long position) {
        long stated = summaries.nulls(from, to);
        contradicted |= stated >= 0 && !column.leaf().allowsNullCount(stated, page.nullCount());
        countedNulls = countedNulls < 0 ? -1 : countedNulls + page.nullCount();
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

    private <T> T withSplicer(Function<ColumnSplicer, T> work) {
        ColumnSplicer splicer = splicers.take();
        if (splicer == null) {
            splicer = new ColumnSplicer(file, column, rows, form);
            splicer.check(bounds);
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
                    new Place(file.bytes().name(), -1, column.leaf().name(), -1),
                    "pages that take " + cost + " bytes of buffers to splice, of " + pipeline.capacity() + " allowed",
                    Remedy.buffers(cost));
        }
        return cost;
    }
}
