package io.glulam.execute;

import io.glulam.format.SortingColumn;
import java.util.List;

/**
 * A row group of the output. Its pages are written, its footer entry and page indexes follow; the {@link TailLog} keeps
 * what {@link TailWriter} needs of its column chunks for them.
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
     * @param sortingColumns the order that is proven of them; empty for none
     */
    record Merged(long rows, List<SortingColumn> sortingColumns) implements OutputRowGroup {}
}
