package io.glulam.adapt;

import io.glulam.decode.TripletReader;
import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import io.glulam.format.Leaf;
import io.glulam.page.PageStream;
import java.util.BitSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds pages that were made against the page that they were made of: they must have its triplets, bit for bit, without
 * those of the deleted rows. For one chunk; not thread-safe.
 */
final class CutCheck {
    private final BitSet deleted;
    private final PageFeed sources = feed();
    private final PageFeed results = feed();
    private final Supplier<PageStream.@Nullable Page> dictionary;
    private final TripletReader before;
    private final TripletReader after;
    private long row;

    /**
     * @param deleted rows of the row group
     * @param dictionary reads that of the chunk
     * @param createdBy writer of the source
     */
    CutCheck(Leaf leaf, BitSet deleted, Supplier<PageStream.@Nullable Page> dictionary, @Nullable String createdBy) {
        this.deleted = deleted;
        this.dictionary = dictionary;
        this.before = TripletReader.ofPart(leaf, sources, createdBy);
        this.after = TripletReader.ofPart(leaf, results, createdBy);
    }

    private PageFeed feed() {
        return new PageFeed(() -> dictionary.get());
    }

    /**
     * Begins with a page of the source.
     *
     * @param rowsBefore rows of the row group that begin before it
     */
    void begin(PageStream.Page page, long rowsBefore) {
        sources.put(page);
        row = rowsBefore - 1;
    }

    /** Takes the next page that was made of it. */
    void hold(PageStream.Page made) {
        results.put(made);
        while (after.next()) {
            if (!nextKept() || !before.sameTriplet(after)) {
                throw new VerificationFailed(
                        Place.UNKNOWN, "the page without deleted rows does not hold what the others have");
            }
            row += before.skipSame(after, rowsUntilDeleted());
        }
    }

    /** So many triplets more reach no deleted row, for each of them begins one row at most. */
    private int rowsUntilDeleted() {
        int next = deleted.nextSetBit((int) row + 1);
        return next < 0 ? Integer.MAX_VALUE : next - (int) row - 1;
    }

    /** Moves to the next triplet of the source whose row stays; false at the end of the page. */
    private boolean nextKept() {
        while (before.next()) {
            row += before.repetitionLevel() == 0 ? 1 : 0;
            if (!deleted.get((int) row)) {
                return true;
            }
        }
        return false;
    }

    /** Ends the page: all that stays of it must have been made. */
    void end() {
        if (nextKept()) {
            throw new VerificationFailed(Place.UNKNOWN, "the page without deleted rows lacks others, too");
        }
    }
}
