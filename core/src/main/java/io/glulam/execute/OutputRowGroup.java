package io.glulam.execute;

import org.jspecify.annotations.Nullable;

/**
 * A row group of the output whose pages are written; its footer entry and indexes are not yet. What is known of its column
 * chunks is in the {@link TailLog}.
 */
sealed interface OutputRowGroup {
    /**
     * One that came over as it was.
     *
     * @param sourceRowGroup its position in the source
     */
    record Kept(int sourceRowGroup) implements OutputRowGroup {}

    /**
     * One that was put together.
     *
     * @param rows its rows
     * @param sortingColumns the raw Thrift list; null for none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Merged(long rows, byte @Nullable [] sortingColumns) implements OutputRowGroup {}
}
