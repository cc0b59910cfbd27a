package io.glulam.execute;

import io.glulam.format.Leaf;
import io.glulam.splice.MergedChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** The row groups of the output whose pages are written, in order. Not thread-safe. */
final class WrittenRowGroups {
    private final List<OutputRowGroup> rowGroups = new ArrayList<>();
    private final MergedSizes sizes = new MergedSizes();
    private final TailLog log;
    private final LongConsumer progress;

    /**
     * @param log takes what the tail needs of the chunks
     * @param progress hears how many bytes of the output are written, after each row group
     */
    WrittenRowGroups(TailLog log, LongConsumer progress) {
        this.log = log;
        this.progress = progress;
    }

    /** Adds the next chunk of the merged row group that is being written. */
    void add(Leaf leaf, MergedChunk chunk) {
        log.add(leaf, chunk);
        sizes.add(chunk.sourcePages(), chunk.pages(), chunk.chunk().compressedSize());
    }

    /**
     * Adds a merged row group, after its chunks.
     *
     * @param end of its last byte in the output
     */
    void add(OutputRowGroup.Merged rowGroup, long end) {
        rowGroups.add(rowGroup);
        progress.accept(end);
    }

    /**
     * Adds a kept row group.
     *
     * @param shifts new minus old offset of each column chunk
     * @param surplus bytes by which each column chunk's size was too large
     * @param end of its last byte in the output
     */
    void add(OutputRowGroup.Kept rowGroup, long[] shifts, long[] surplus, long end) {
        log.add(shifts, surplus);
        rowGroups.add(rowGroup);
        progress.accept(end);
    }

    List<OutputRowGroup> inOrder() {
        return rowGroups;
    }

    /** Of the merged chunks, in order. */
    MergedSizes sizes() {
        return sizes;
    }
}
