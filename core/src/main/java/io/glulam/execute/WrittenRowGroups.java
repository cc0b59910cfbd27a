package io.glulam.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** The row groups of the output whose pages are written, in order. Not thread-safe. */
final class WrittenRowGroups {
    private final List<OutputRowGroup> rowGroups = new ArrayList<>();
    private final LongConsumer progress;

    /** @param progress hears how many bytes of the output are written, after each row group */
    WrittenRowGroups(LongConsumer progress) {
        this.progress = progress;
    }

    /** @param end of its last byte in the output */
    void add(OutputRowGroup rowGroup, long end) {
        rowGroups.add(rowGroup);
        progress.accept(end);
    }

    List<OutputRowGroup> inOrder() {
        return rowGroups;
    }
}
