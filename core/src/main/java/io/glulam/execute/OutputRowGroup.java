package io.glulam.execute;

import io.glulam.splice.MergedChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row group of the output whose pages are written; its footer entry and indexes are not yet. */
sealed interface OutputRowGroup {
    /**
     * One that came over as it was.
     *
     * @param sourceRowGroup its position in the source
     * @param shifts new minus old offset of each column chunk
     * @param surplus bytes by which each column chunk's size was too large
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Kept(int sourceRowGroup, long[] shifts, long[] surplus) implements OutputRowGroup {}

    /**
     * One that was put together.
     *
     * @param rows its rows
     * @param chunks one per leaf
     * @param sortingColumns the raw Thrift list; null for none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Merged(long rows, List<MergedChunk> chunks, byte @Nullable [] sortingColumns) implements OutputRowGroup {}
}
