package io.glulam.splice;

import io.glulam.format.Statistics;
import io.glulam.statistics.BelievedClaims;
import io.glulam.statistics.BelievedClaims.Contradiction;
import io.glulam.statistics.PageSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The believed claims of the source about one fragment and its data pages. Arrays are not copied.
 *
 * @param believed of the chunk, without the column index
 * @param trusted the believed statistics as far as their writer is trusted; null for none
 * @param indexed whether an offset index tells the rows of its pages
 * @param unusable why page indexes are left out before they are held against anything
 * @param pages of each data page
 * @param nulls of each data page, as known or as its header tells; -1 where unknown
 * @param rows that begin in each data page; -1 where unknown
 */
@SuppressWarnings("ArrayRecordComponent")
record FragmentClaims(
        BelievedClaims believed,
        @Nullable Statistics trusted,
        boolean indexed,
        List<Contradiction> unusable,
        PageSummary[] pages,
        long[] nulls,
        int[] rows) {}
