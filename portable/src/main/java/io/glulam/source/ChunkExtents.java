package io.glulam.source;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.page.PageWalker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the column chunks of a kept row group end: where the footer says, unless that reaches into another chunk or into
 * the footer, or its pages go on after it. Then {@code total_compressed_size} is wrong, and the chunk ends where its last
 * page does. A chunk that has no pages is empty. For one source; not thread-safe.
 */
public final class ChunkExtents {
    private static final int WINDOW = 4096;

    private final SourceFile file;
    private final Footer footer;
    private final long[] rowGroupStarts;

    /**
     * A column chunk's bytes {@code [start, end)}, with what its writer is known not to count.
     *
     * @param surplus bytes by which its {@code total_compressed_size} is larger; 0 unless it was found too large
     */
    public record Extent(long start, long end, long surplus) {}

    public ChunkExtents(SourceFile file) {
        this.file = file;
        this.footer = file.footer();
        this.rowGroupStarts = new long[footer.rowGroupCount()];
        Arrays.setAll(rowGroupStarts, footer::start);
        Arrays.sort(rowGroupStarts);
    }

    /**
     * Gives the extents of a row group's chunks, in schema order.
     *
     * @throws CorruptFile if a chunk reaches into the footer and its pages cannot be walked
     */
    public List<Extent> of(int rowGroup) {
        int columns = footer.schema().leaves().size();
        List<ColumnChunk> chunks = new ArrayList<>(columns);
        long[] starts = new long[columns];
        for (int column = 0; column < columns; column++) {
            ColumnChunk chunk = footer.chunk(rowGroup, column);
            chunks.add(chunk);
            starts[column] = chunk.start();
        }
        Arrays.sort(starts);
        List<Extent> extents = new ArrayList<>(columns);
        for (int column = 0; column < columns; column++) {
            extents.add(extent(rowGroup, column, chunks.get(column), starts));
        }
        return extents;
    }

    private Extent extent(int rowGroup, int column, ColumnChunk chunk, long[] starts) {
        long start = chunk.start();
        if (!chunk.hasPages()) {
            return new Extent(start, start, chunk.compressedSize()); // Some writers state a size.
        }
        long end = start + chunk.compressedSize();
        long limit = Math.min(footer.offsetInFile(), Math.min(after(starts, start), after(rowGroupStarts, start)));
        if (end <= limit || chunk.valueCount() == 0) {
            long last = mayGoOn(rowGroup, chunk, end, limit) ? walkedEnd(chunk, end, limit) : end;
            return new Extent(start, last > end ? last : file.end(rowGroup, chunk), 0);
        }
        long walked = walkedEnd(rowGroup, column, chunk, end);
        return new Extent(start, walked, end - walked);
    }

    /**
     * Returns whether bytes after a chunk may be its own, with a size that leaves out a header. Of an object in a
     * store, where headers cost requests, only a gap that is no longer than a header is looked into.
     */
    private boolean mayGoOn(int rowGroup, ColumnChunk chunk, long end, long limit) {
        boolean hasGap = end < limit
                && (limit - end <= PageWalker.MAX_UNCOUNTED_HEADER
                        || !file.bytes().reader().isRemote());
        return hasGap && chunk.valueCount() > 0 && file.trust(rowGroup).trustsChunkSizes();
    }

    /**
     * Returns where the last page ends; {@code declared} if the pages cannot be walked or would reach past {@code
     * limit}.
     */
    private long walkedEnd(ColumnChunk chunk, long declared, long limit) {
        PageWalker walker = new PageWalker(file.bytes(), WINDOW);
        try {
            walker.start(chunk);
            while (walker.next() != null) {
                // Only the end is of interest.
            }
            return walker.end() <= limit ? walker.end() : declared;
        } catch (CorruptFile asReadableAsItWas) {
            return declared;
        }
    }

    /**
     * Returns the first of those offsets that is greater than {@code offset}; the greatest number there is if none is.
     */
    private static long after(long[] sorted, long offset) {
        int index = Arrays.binarySearch(sorted, offset + 1);
        int next = index >= 0 ? index : -index - 1;
        return next < sorted.length ? sorted[next] : Long.MAX_VALUE;
    }

    private long walkedEnd(int rowGroup, int column, ColumnChunk chunk, long declared) {
        PageWalker walker = new PageWalker(file.bytes(), WINDOW);
        try {
            walker.start(chunk);
            while (walker.next() != null) {
                // Only the end is of interest.
            }
            return Math.min(declared, walker.end());
        } catch (CorruptFile failure) {
            if (declared <= footer.offsetInFile()) {
                // Copied as the footer has it, the chunk stays as readable as it was.
                return declared;
            }
            String name = footer.schema().leaves().get(column).name();
            throw failure.within(new Place(file.bytes().name(), rowGroup, name, -1));
        }
    }
}
