package io.glulam.execute;

import io.glulam.page.EncodedPage;
import io.glulam.splice.ChunkBuilder;
import io.glulam.splice.OutputPages;
import io.glulam.splice.PageSummaries;
import io.glulam.splice.StoredPage;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.BloomFilter;
import io.glulam.statistics.PageSummary;
import org.jspecify.annotations.Nullable;

/**
 * Builds the footer entry and the page indexes of a transferred column's chunk while its pages are written, and holds the
 * source's claims against what was counted. For the writer's thread.
 */
final class TransferredChunk {
    private final TransferredColumn transferred;
    private final SurveyedColumn column;
    private final PageSummaries summaries;
    private final OutputPages pages;
    private final DroppedAids aids;
    private final UncountedRows uncounted;
    private final MergedColumns output;
    private final ChunkBuilder chunk;
    /** Nulls of the chunk as counted while its pages are made; -1 if some are only moved. */
    private long countedNulls;

    private boolean contradicted;
    /** Output pages that are written. */
    private int writtenPages;

    /** @param output hears of the chunk when its last page is written */
    TransferredChunk(ExecutionContext run, TransferredColumn transferred, MergedColumns output) {
        this.transferred = transferred;
        this.column = transferred.column();
        this.summaries = transferred.summaries();
        this.pages = transferred.pages();
        this.aids = run.aids();
        this.uncounted = run.uncounted();
        this.output = output;
        this.chunk = new ChunkBuilder(column.leaf(), transferred.codec(), column.trustsBounds());
    }

    /** The dictionary page is written. */
    void dictionary(EncodedPage page, long position) {
        chunk.dictionary(page, position);
    }

    /**
     * Output pages that are source pages are written.
     *
     * @param shift from their places in the source to those in the output
     */
    void moved(int first, int end, long shift) {
        for (int page = first; page < end; page++) {
            int source = pages.from(page);
            moved(source, column.storedLength(source), column.length(source), pages.position(page) + shift);
        }
    }

    /** A source page with a new header is written. */
    void restated(EncodedPage page, int source, long position) {
        long length = (long) page.headerLength() + page.header().uncompressedSize();
        moved(source, page.length(), length, position);
    }

    private void moved(int source, long storedLength, long length, long position) {
        countedNulls = -1;
        PageSummary summary = summaries.summary(source, source + 1, column.valueCount(source), -1);
        contradicted |= summary.repetitionLevels().length > 0
                && summary.repetitionLevels()[0] != transferred.rows().begunIn(source);
        chunk.movedLevels(column.hasRleLevels(source), column.hasBitPackedLevels(source));
        StoredPage page = new StoredPage(
                column.version(source),
                column.encoding(source),
                column.valueCount(source),
                rowCount(source),
                storedLength,
                length);
        chunk.dataPage(page, summary, position);
    }

    /** Adds the source's rows of a page, unless the count differs: then there will be no page index. */
    private int rowCount(int page) {
        int claimed = summaries.rows(page);
        if (claimed < 0 || claimed == transferred.rows().of(page)) {
            return claimed;
        }
        if (summaries.hasOffsetIndex(page)) {
            transferred.claims().noteOtherRows(aids, page);
        }
        return -1;
    }

    /** A page made of the source pages {@code [from, to)} is written. */
    void spliced(EncodedPage page, int from, int to, long position) {
        long stated = summaries.nulls(from, to);
        contradicted |= stated >= 0 && !column.leaf().allowsNullCount(stated, page.nullCount());
        countedNulls = countedNulls < 0 ? -1 : countedNulls + page.nullCount();
        chunk.dataPage(
                StoredPage.of(transferred.form().version(), page, page.rowCount()),
                summaries.summary(from, to, page.header().valueCount(), page.nullCount()),
                position);
    }

    /** Counts output pages as written; whether they were the last ones. */
    boolean isCompleteWith(int count) {
        writtenPages += count;
        return writtenPages == pages.count();
    }

    /**
     * Hands the chunk over once its last page is written.
     *
     * @throws io.glulam.error.CorruptFile if the pages have other rows than their row groups
     */
    void complete(@Nullable BloomFilter bloomFilter, WrittenRowGroups written, long end) {
        if (transferred.rows().areCounted()) {
            transferred.rows().requireRowsOfRowGroups();
        } else {
            uncounted.add(transferred.sources(), column.leaf());
        }
        MergedClaims.Whole whole = whole();
        output.add(column, chunk, whole.statistics(), whole.sizes(), bloomFilter, written, end);
    }

    /** Returns the sources' claims of the chunk; only the counted nulls where these contradict the claims. */
    private MergedClaims.Whole whole() {
        boolean contradicts = contradicted || transferred.bounds().isContradicted();
        MergedClaims.Whole told = contradicts ? null : transferred.claims().whole(countedNulls);
        if (told != null) {
            return told;
        }
        transferred.claims().noteMiscounted(aids);
        chunk.dropColumnIndex();
        return MergedClaims.countedOnly(countedNulls);
    }
}
